// SPDX-License-Identifier: GPL-3.0-or-later
//
// TrailSession: the rows of a run followed through a step's arithmetic, one at a time. It holds the
// run that it was given, so that knobs may move on meanwhile; the arithmetic is done on a worker
// thread, and a newer choice replaces one that waits. Lives in the GUI thread.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/plan/executor.hpp"

namespace rehearse::present {

class TrailSession : public QObject {
  Q_OBJECT

 public:
  explicit TrailSession(QObject* parent = nullptr);
  ~TrailSession() override;

  // The step chosen before stays chosen where the new plan has it too, and so does the row where it
  // is within the new data.
  void setRun(const plan::Plan& plan, const plan::Run& run);
  // "as trained (train.ftrl)", in order of the plan; empty where nothing can be stepped through.
  QStringList steps() const;
  int step() const { return m_step; }
  // What the step does.
  QString sentence() const;
  qlonglong row() const { return m_row; }
  // 0 before a run, and for a step without data of its own.
  qlonglong rows() const;
  // The name of the label that rows can be sought by; empty where there is none.
  QString label() const;

  void chooseStep(int index);
  void chooseRow(qlonglong row);
  // Rows of any label, or only those where it is 1 or 0.
  void setWanted(std::optional<bool> wanted) { m_wanted = wanted; }
  // The next such row, or the one before; false where there is none.
  bool move(bool backwards);

 signals:
  // Another step, row or run was chosen; the table follows.
  void chosen();
  void shown(const rehearse::Figure& figure);
  void failed(const QString& message);

 private:
  struct Work {
    plan::Plan plan;
    plan::Run run;
    std::vector<int> nodes;
    QStringList names;
  };
  const Frame* data() const;
  const Column* labels() const;
  const plan::StepInfo* info() const;
  void compute();
  void finished();
  Figure figureOf(const Frame& trail) const;

  std::shared_ptr<const Work> m_work;
  int m_step = 0;
  qlonglong m_row = 0;
  std::optional<bool> m_wanted;
  bool m_again = false;
  QFutureWatcher<std::shared_ptr<Result<Frame>>> m_watcher;
};

}  // namespace rehearse::present
