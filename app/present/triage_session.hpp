// SPDX-License-Identifier: GPL-3.0-or-later
//
// TriageSession: one attempt at an incident for the window (engine/triage plays and grades it).
// Opening and committing simulate worlds, so both happen on a worker thread; a probe answers at
// once. Lives in the GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <stop_token>

#include "engine/triage/triage.hpp"

namespace rehearse::present {

class TriageSession : public QObject {
  Q_OBJECT

 public:
  struct Choice {
    QString name, says;
    double minutes = 0;  // on the incident clock
    bool asked = false;
  };

  explicit TriageSession(QObject* parent = nullptr);
  ~TriageSession() override;

  // Ends what was played before. The seed draws what happens; opened() or failed() answers.
  void open(const QString& path, quint64 seed);
  // The same incident with another draw.
  void again();
  bool isOpen() const { return m_triage != nullptr; }
  bool running() const { return m_opening.isRunning() || m_committing.isRunning(); }
  void cancel();

  // Of the open attempt; not while one is being opened or committed.
  QString id() const;
  QString title() const;
  QString asks() const;
  QString pager() const;
  quint64 seed() const { return m_seed; }
  std::vector<Figure> dashboard() const;
  QList<Choice> probes() const;
  QStringList diagnoses() const;
  QList<Choice> actions() const;
  double clockMinutes() const;
  // Since it was opened.
  int seconds() const;

  // probed() or failed() answers before it returns.
  void probe(const QString& name);
  // committed() or failed() answers. Empty choices and an empty update are told by failed().
  void commit(const QString& diagnosis, const QString& action, const QString& update);
  const triage::Debrief* debrief() const { return m_debrief ? &*m_debrief : nullptr; }
  // The debrief as the page and a report show it.
  Document document() const;
  // The attempt as a file to keep. Error: before the debrief, or the machine's reason.
  Result<void> save(const QString& path) const;
  // What the practice database keeps of an attempt: points, minutes, choices, probes, update.
  Json record() const;

 signals:
  void opened();
  void probed(const rehearse::triage::ProbeAnswer& answer);
  void committed();
  void progressed(double fraction);
  void cancelled();
  void failed(const QString& message);

 private:
  struct Opened {
    Result<triage::Triage> triage;
  };
  struct Committed {
    Result<triage::Debrief> debrief;
  };
  Progress progress();
  void openFinished();
  void commitFinished();
  void tell(const Error& error);

  QString m_path;
  quint64 m_seed = 0;
  std::shared_ptr<triage::Triage> m_triage;
  std::optional<triage::Debrief> m_debrief;
  QElapsedTimer m_clock;
  int m_seconds = 0;  // when it was committed
  std::stop_source m_stop;
  std::optional<QPair<QString, quint64>> m_next;  // to be opened once the old one has stopped
  QFutureWatcher<std::shared_ptr<Opened>> m_opening;
  QFutureWatcher<std::shared_ptr<Committed>> m_committing;
};

}  // namespace rehearse::present
