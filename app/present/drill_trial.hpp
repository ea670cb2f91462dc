// SPDX-License-Identifier: GPL-3.0-or-later
//
// DrillTrial: what is tried on a drill beside submitting. A run on an input of one's own; such an
// input kept as a case, judged with every submission from then on; and stress, which looks for an
// input that the text answers wrongly and keeps it. One at a time, on a worker thread, and nothing
// of it is recorded as an attempt.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <memory>
#include <stop_token>
#include <variant>

#include "drills/judge/stress.hpp"

namespace rehearse::present {

class AppContext;
class DrillSession;

class DrillTrial : public QObject {
  Q_OBJECT

 public:
  enum class Kind { ownInput, keep, stress };
  static constexpr int kStressSeconds = 10;

  // Tries the text that the session holds.
  DrillTrial(AppContext& context, DrillSession& session, QObject* parent = nullptr);
  ~DrillTrial() override;

  // `text` is what stands between the braces of a case (drills/judge/own_cases.hpp).
  void runInput(const QString& text);
  void keepCase(const QString& text);
  void stress(double seconds = kStressSeconds);
  void stop();
  bool running() const { return m_watcher.isRunning(); }
  // An input of this drill as such a text: its first example.
  QString exampleInput() const;

 signals:
  void started(Kind kind);
  void compiling();
  void stressing(double seconds, quint64 inputs);
  // Its only case is the own input; its first_failure holds input, expected and got, right or
  // wrong.
  void inputRun(const judge::SubmissionReport& report);
  // What became of the case, in a sentence.
  void caseKept(const QString& sentence, bool added);
  // `found` is the grading of the one input; without it every answer was right.
  void stressed(const std::optional<judge::SubmissionReport>& found, const QString& sentence);
  void failed(const QString& message);
  // Stopped, or its drill was left: there is nothing to show.
  void stopped();

 private:
  struct Kept {
    std::string path;
    bool added = false;
  };
  struct Stressed {
    judge::StressReport report;
    std::string kept;  // where the input that was found stands
  };
  struct Outcome {
    std::shared_ptr<const judge::Drill> drill;
    std::variant<Error, judge::OwnRun, Kept, Stressed> what;
  };
  template <typename Work>
  void begin(Kind kind, Work work);
  void finished();

  AppContext& m_context;
  DrillSession& m_session;
  std::stop_source m_stop;
  QFutureWatcher<std::shared_ptr<Outcome>> m_watcher;
};

}  // namespace rehearse::present
