// SPDX-License-Identifier: GPL-3.0-or-later
//
// DesignSession: one open design. It holds the knobs' values, re-traces the script at every move
// (under a millisecond) and runs the plan on a worker thread; a newer move stops an older run. What
// the window shows is the last finished run beside the newest plan.
#pragma once

#include <QFutureWatcher>
#include <QMap>
#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

#include "engine/base/document.hpp"
#include "engine/plan/executor.hpp"

namespace rehearse::present {

class DesignSession : public QObject {
  Q_OBJECT

 public:
  explicit DesignSession(QObject* parent = nullptr);
  ~DesignSession() override;

  // Reads and traces the file, then runs it. Returns false and emits failed() on an error.
  bool open(const QString& path);
  bool isOpen() const { return m_plan.has_value(); }
  const plan::Plan& plan() const { return *m_plan; }
  QString path() const { return m_path; }

  // The script as it is traced: that of the file, or what was given last.
  QString script() const { return QString::fromStdString(m_source); }
  // Another script for the same design, traced and run; knobs that both have keep their values. On
  // an error (with the line) the last good plan stays.
  Result<void> setScript(const QString& text);

  // Moves a knob. A live knob runs at once; one marked `apply` only when `released`.
  void setKnob(const QString& name, const plan::Value& value, bool released);
  void resetKnobs();
  // All at once, as knobs() told them.
  void setKnobs(const plan::KnobValues& values);
  const plan::KnobValues& knobs() const { return m_values; }
  void setSeed(std::optional<std::uint64_t> seed);
  std::optional<std::uint64_t> seed() const { return m_seed; }
  // What runs may share: results, and the tables that stand in for sources.
  std::shared_ptr<plan::Cache> cache() const { return m_cache; }
  const std::map<std::string, Frame>& inputs() const { return m_inputs; }

  // The user's own table in place of a source, read on a worker thread; then runs. Errors, with the
  // file, come by failed(), and what was there stays.
  void useFile(const QString& source, const QString& path);
  // Back to what the script makes.
  void dropFile(const QString& source);
  // The file of each source that has one.
  const QMap<QString, QString>& files() const { return m_files; }

  // Runs what the knobs say. Needed after a stop and for a knob that was moved and not released.
  // What repeats a whole experiment a thousand times is left out where it is not known already.
  void run();
  // Runs that too.
  void runRepeats();
  // Whether the last finished run left something out.
  bool leftOut() const;
  // Whether the last finished run left out what this view of the plan shows.
  bool leftOut(std::size_t view) const;
  // How often the plan repeats an experiment: the greatest `n` of what is run on request; 0: none.
  int repeats() const;
  // Whether the last finished run belongs to other knobs than those that are set.
  bool behind() const;
  // Stops the run under way; the last finished one stays.
  void cancel();
  bool running() const { return m_watcher.isRunning(); }

  // The last finished run; null before the first.
  const plan::Run* lastRun() const { return m_run ? &*m_run : nullptr; }
  // What it ran.
  const plan::Plan* lastPlan() const { return m_runPlan ? &*m_runPlan : nullptr; }
  // One figure a view of the plan, from the last finished run.
  Figure figure(std::size_t view) const;
  // "re-ran 3 of 9 steps in 41 ms".
  QString summary() const;

 signals:
  void planChanged();
  void runStarted();
  void progressed(double fraction, const QString& what);
  void runFinished();
  void cancelled();
  // Another set of files stands in for sources.
  void filesChanged();
  void failed(const QString& message);

 private:
  struct Outcome {
    plan::Plan plan;
    Result<plan::Run> run;
  };
  struct Read {
    QString source, path;
    Result<Frame> table;
  };
  bool retrace();
  void start(bool repeats);
  void fileRead();
  std::function<void(const plan::NodeEvent&)> reporter();
  void finished();

  QString m_path;
  std::string m_source;
  std::optional<plan::Plan> m_plan;
  std::optional<plan::Plan> m_runPlan;  // the plan that m_run belongs to
  std::optional<plan::Run> m_run;
  plan::KnobValues m_values;
  std::optional<std::uint64_t> m_seed;
  std::shared_ptr<plan::Cache> m_cache;
  std::stop_source m_stop;
  bool m_again = false;    // a newer plan waits for the stopped run to end
  bool m_repeats = false;  // whether that one is to repeat experiments
  QMap<QString, QString> m_files;
  std::map<std::string, Frame> m_inputs;  // by source, of m_files
  QFutureWatcher<std::shared_ptr<Read>> m_reader;
  QFutureWatcher<std::shared_ptr<Outcome>> m_watcher;
};

}  // namespace rehearse::present
