// SPDX-License-Identifier: GPL-3.0-or-later
//
// DesignSweep: a sweep of the open design, run on a worker thread with the results that the window
// has already, and its table as pictures: a line over one knob, a heat map over two, and two
// numbers against each other with those runs marked that no other run beats in both.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QStringList>
#include <memory>
#include <stop_token>

#include "engine/base/document.hpp"
#include "engine/trace/sweep.hpp"

namespace rehearse::present {

class DesignSession;

class DesignSweep : public QObject {
  Q_OBJECT

 public:
  explicit DesignSweep(QObject* parent = nullptr);
  ~DesignSweep() override;

  // A knob of the design and its grid as it is written (engine/trace/sweep.hpp).
  struct Axis {
    QString knob, grid;
  };
  // Of the design as it stands in the session. Errors: a wrong grid, a knob twice.
  Result<void> start(const DesignSession& session, const QList<Axis>& axes);
  void stop();
  // Another design is open: what was swept is dropped.
  void forget();
  bool running() const { return m_watcher.isRunning(); }

  // A guess from its name: of ROC AUC more is better, of a loss less.
  static bool moreIsBetter(const QString& number);

  bool hasTable() const { return m_table.columns() > 0; }
  const Frame& table() const { return m_table; }
  QStringList numbers() const;
  // A line, a heat map, or for words on one axis a table, with where the number is highest and
  // lowest.
  Figure figure(const QString& number) const;
  // A point a run; `more…`: more is better.
  Figure tradeOff(const QString& x, bool moreX, const QString& y, bool moreY) const;

 signals:
  void progressed(int done, int of);
  void finished();
  void stopped();
  void failed(const QString& message);

 private:
  void ended();

  std::vector<trace::SweepAxis> m_axes;
  std::vector<plan::Knob> m_knobs;            // by axis
  std::vector<trace::SweepAxis> m_tableAxes;  // of m_table
  std::vector<plan::Knob> m_tableKnobs;
  Frame m_table;
  std::stop_source m_stop;
  bool m_forgotten = false;  // the run under way belongs to a design that was left
  QFutureWatcher<std::shared_ptr<Result<Frame>>> m_watcher;
};

}  // namespace rehearse::present
