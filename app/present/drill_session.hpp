// SPDX-License-Identifier: GPL-3.0-or-later
//
// DrillSession: one drill being solved. It holds the drill, the clock and what was judged; judging
// runs on a worker thread and can be stopped. The draft is saved within a second of the last key,
// every submission with its text and report; a sitting that broke off goes on when its drill is
// opened again (sitting.hpp).
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/practice/attempts.hpp"
#include "app/present/solve_clock.hpp"
#include "drills/judge/grade.hpp"
#include "drills/judge/languages.hpp"

namespace rehearse::present {

class AppContext;

struct LanguageChoice {
  QString id, name;  // "python", "Python 3"
  QString lacking;   // why this machine cannot judge it; empty when it can
};
// All that the judge knows, whether this machine has them or not; `lacking` is not asked for.
QList<LanguageChoice> languagesKnown();
// The same, and asks their programs (a tenth of a second): for a worker thread.
QList<LanguageChoice> languageChoices(const std::vector<judge::Language>& languages);
QList<LanguageChoice> languagesHere();

class DrillSession : public QObject {
  Q_OBJECT

 public:
  explicit DrillSession(AppContext& context, QObject* parent = nullptr);
  ~DrillSession() override;

  // Loads the drill on the worker; emits opened() or failed(), and stays where it is while the
  // draft at hand cannot be saved.
  void open(const QString& drillId);
  bool isOpen() const { return m_drill != nullptr; }
  const judge::Drill& drill() const { return *m_drill; }
  std::shared_ptr<const judge::Drill> sharedDrill() const { return m_drill; }
  // The text as it stands, and how it is judged: for a run beside those of this session.
  judge::Submission submission() const;
  judge::GradeOptions grading(std::stop_token stop) const;
  // What the editor starts with: the saved draft, else the starter.
  QString initialText() const;
  bool hasDraft() const { return m_hasDraft; }
  QString starter() const;

  // "lua", "python", "cpp": what the text is written in. Each language of a drill has a draft of
  // its own; another one brings its draft, or its starter. False: the draft at hand could not be
  // saved.
  const std::string& language() const { return m_language; }
  bool setLanguage(const std::string& id);

  // Every change of the text; the draft is written a second after the first unsaved one.
  void textChanged(const QString& text);
  // Writes now what is to be written: the draft, and attempts that were not recorded yet. False: it
  // was not possible, failed() says why, and it is tried again by itself every second. Does not
  // wait for another program.
  bool saveNow();

  void runExamples();
  // `stated` is the probability of acceptance that the candidate gave, if they were asked.
  void submit(std::optional<double> stated = {});
  void stop();
  bool judging() const { return m_watcher.isRunning(); }

  // Seconds left of the drill's minutes; hints cost theirs. Negative when over.
  int secondsLeft() const { return m_drill ? m_clock.secondsLeft() : 0; }
  bool clockRunning() const { return m_clock.running(); }
  bool clockFinished() const { return m_clock.finished(); }
  void startClock();
  // False: the clock is timed, or stands.
  bool pauseClock();
  // The drill is solved: its time is told.
  void finishClock();
  // When the time is up the draft is submitted by itself, once: timed, that is the end of the
  // clock; in practice it runs on, and an untouched starter, or what was submitted before, is left
  // alone. The choice of the policy is remembered. False: this sitting was paused, and the choice
  // holds from the next drill on.
  bool timed() const { return m_clock.policy() == SolveClock::Policy::timed; }
  bool setTimed(bool timed);
  // Whether what is judged, or was judged last, was submitted by the clock.
  bool submittedByClock() const { return m_submitted.byClock; }
  // Takes the next hint: its text, empty when there is none left.
  QString takeHint();
  int hintsTaken() const { return m_hintsTaken; }
  // Minutes that the next hint costs; 0 when there is none.
  double nextHintCost() const;

  std::vector<practice::Attempt> attempts() const;

 signals:
  void opened();
  void failed(const QString& message);
  void draftSaved();
  void languageChanged();
  void tick();
  // The clock is at zero; whether the draft is about to be submitted.
  void timeUp(bool submits);
  void judgingStarted(bool examplesOnly);
  // The compiler was started for what is being judged.
  void compiling();
  void caseDone(int done, int total, const QString& name);
  void judged(const judge::SubmissionReport& report, bool examplesOnly);
  void stopped();

 private:
  struct Outcome {
    judge::SubmissionReport report;
    bool examplesOnly = false;
  };
  struct Loaded {
    std::string id;
    Result<judge::Drill> drill;
  };
  // What is being judged, as it was when it was sent.
  struct Submitted {
    std::shared_ptr<const judge::Drill> drill;
    std::string language;
    QString text;
    qint64 submittedAt = 0;
    int elapsedSeconds = 0, pausedSeconds = 0;
    std::vector<practice::Pause> pauses;
    bool timed = false, examplesOnly = false, byClock = false;
    std::optional<double> stated;
  };
  void loaded();
  bool saveDraft();
  void restoreText();
  void sitDown();
  void resume();
  void onTick();
  void meetZero();
  void submitAtZero();
  void keepAlive();
  void judgeNow(bool examplesOnly, std::optional<double> stated = {}, bool byClock = false);
  void finished();
  void record(const judge::SubmissionReport& report);
  bool recordWaiting();
  void dropDraft();

  AppContext& m_context;
  std::shared_ptr<const judge::Drill> m_drill;
  std::string m_language;
  QString m_text, m_saved;
  bool m_hasDraft = false;
  QTimer m_saveTimer, m_tickTimer;
  SolveClock m_clock;
  // Typed since the sitting began or was last submitted: worth going on with after a crash.
  bool m_unsent = false;
  // A submission at zero is still to come; the clock has passed zero in this sitting.
  bool m_atZero = false, m_zeroMet = false;
  qint64 m_savedAt = 0, m_aliveAt = 0;
  int m_hintsTaken = 0;
  std::stop_source m_stop;
  QString m_wanted;
  Submitted m_submitted;
  std::vector<practice::Attempt> m_unrecorded;  // the database was not to be had
  qint64 m_startedAt = 0;
  QFutureWatcher<std::shared_ptr<Loaded>> m_loader;
  QFutureWatcher<std::shared_ptr<Outcome>> m_watcher;
};

}  // namespace rehearse::present
