// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_session.hpp"

#include <QtConcurrent>

#include "app/practice/brief_wait.hpp"
#include "app/present/app_context.hpp"
#include "app/present/sitting.hpp"

namespace rehearse::present {
namespace {

constexpr const char *kLanguage = "lua", *kLanguageSetting = "language";
constexpr int kSaveAfterMs = 1000, kTickMs = 500;

}  // namespace

QList<LanguageChoice> languagesKnown() {
  QList<LanguageChoice> all;
  for (const judge::Language& language : judge::languages())
    all.append({QString::fromStdString(language.id), QString::fromStdString(language.name), {}});
  return all;
}

QList<LanguageChoice> languageChoices(const std::vector<judge::Language>& languages) {
  QList<LanguageChoice> all;
  for (const judge::Language& language : languages) {
    LanguageChoice choice{
        QString::fromStdString(language.id), QString::fromStdString(language.name), {}};
    if (language.version().empty()) {
      const auto runtime = language.runtime(judge::Signature{});
      choice.lacking = runtime ? QObject::tr("not found on this machine")
                               : QString::fromStdString(runtime.error().message);
    }
    all.append(choice);
  }
  return all;
}

QList<LanguageChoice> languagesHere() { return languageChoices(judge::languages()); }

DrillSession::DrillSession(AppContext& context, QObject* parent)
    : QObject(parent),
      m_context(context),
      m_language(context.setting(kLanguageSetting, kLanguage).toStdString()) {
  if (!judge::find_language(m_language)) m_language = kLanguage;
  m_saveTimer.setSingleShot(true);
  m_saveTimer.setInterval(kSaveAfterMs);
  m_tickTimer.setInterval(kTickMs);
  connect(&m_saveTimer, &QTimer::timeout, this, &DrillSession::saveNow);
  connect(&m_tickTimer, &QTimer::timeout, this, &DrillSession::onTick);
  connect(&m_watcher, &QFutureWatcherBase::finished, this, &DrillSession::finished);
  connect(&m_loader, &QFutureWatcherBase::finished, this, &DrillSession::loaded);
  noticeBrokenSitting(context);
}

DrillSession::~DrillSession() {
  if (saveDraft() && m_drill) endSitting(m_context);
  recordWaiting();
  m_stop.request_stop();
  m_watcher.waitForFinished();
  m_loader.waitForFinished();
  m_context.setBusy(this, false);
}

void DrillSession::open(const QString& drillId) {
  if (!saveNow()) return;
  if (m_drill) endSitting(m_context);
  m_atZero = false;
  stop();
  m_wanted = drillId;
  if (m_loader.isRunning()) return;  // loaded() sees that another one is wanted by then
  m_context.setBusy(this, true);
  m_loader.setFuture(QtConcurrent::run([library = m_context.drills(), id = drillId.toStdString()] {
    return std::make_shared<Loaded>(Loaded{id, library.load(id)});
  }));
}

void DrillSession::loaded() {
  const std::shared_ptr<Loaded> outcome = m_loader.result();
  m_context.setBusy(this, judging());
  if (outcome->id != m_wanted.toStdString()) return open(m_wanted);
  if (!outcome->drill) return emit failed(QString::fromStdString(outcome->drill.error().message));
  m_drill = std::make_shared<const judge::Drill>(std::move(*outcome->drill));
  sitDown();
  restoreText();
  m_tickTimer.start();
  emit opened();
}

void DrillSession::restoreText() {
  m_saveTimer.stop();
  const auto draft = practice::draft_of(m_context.database(), m_drill->id, m_language);
  if (!draft) emit failed(QString::fromStdString(draft.error().message));
  m_hasDraft = draft && *draft && !(*draft)->text.empty();
  m_text = m_hasDraft ? QString::fromStdString((*draft)->text) : starter();
  m_saved = m_text;
}

bool DrillSession::setLanguage(const std::string& id) {
  if (id == m_language || !judge::find_language(id)) return true;
  if (!saveNow()) return false;
  m_language = id;
  m_context.setSetting(kLanguageSetting, QString::fromStdString(id));
  if (m_drill) restoreText();
  emit languageChanged();
  return true;
}

QString DrillSession::initialText() const { return m_text; }

QString DrillSession::starter() const {
  const auto text = judge::starter(m_drill->signature, m_language);
  return text ? QString::fromStdString(*text) : QString();
}

void DrillSession::textChanged(const QString& text) {
  m_text = text;
  if (m_text != m_saved) m_unsent = true;
  if (m_text != m_saved && !m_saveTimer.isActive()) m_saveTimer.start();
}

bool DrillSession::saveNow() {
  const practice::BriefWait brief(m_context.database());
  const bool waited = !m_unrecorded.empty();
  const bool saved = saveDraft() && recordWaiting();
  if (!saved) m_saveTimer.start();
  if (waited && m_unrecorded.empty()) emit m_context.recorded();
  return saved;
}

bool DrillSession::saveDraft() {
  m_saveTimer.stop();
  if (!m_drill || m_text == m_saved) return true;
  const auto saved =
      practice::save_draft(m_context.database(), m_drill->id, m_language,
                           {.text = m_text.toStdString(), .saved_at = practice::system_seconds()});
  if (!saved) return emit failed(QString::fromStdString(saved.error().message)), false;
  m_saved = m_text;
  m_savedAt = practice::system_seconds();
  keepAlive();
  emit draftSaved();
  return true;
}

void DrillSession::runExamples() { judgeNow(true); }

void DrillSession::submit(std::optional<double> stated) { judgeNow(false, stated); }

judge::Submission DrillSession::submission() const {
  return {"submission" + judge::find_language(m_language)->extension, m_language,
          m_text.toStdString()};
}

judge::GradeOptions DrillSession::grading(std::stop_token stop) const {
  judge::GradeOptions options;
  options.workshop = m_context.drills().workshop();
  options.own_cases = m_context.ownCases();
  options.stop = std::move(stop);
  return options;
}

void DrillSession::judgeNow(bool examplesOnly, std::optional<double> stated, bool byClock) {
  if (!m_drill || judging()) return;
  saveNow();
  m_stop = std::stop_source();
  judge::GradeOptions options = grading(m_stop.get_token());
  options.examples_only = examplesOnly;
  options.growth = options.shrink = !examplesOnly;
  options.on_build = [this] {
    QMetaObject::invokeMethod(this, &DrillSession::compiling, Qt::QueuedConnection);
  };
  options.on_case = [this](const judge::CaseReport& one, std::size_t done, std::size_t total) {
    QMetaObject::invokeMethod(
        this,
        [this, name = QString::fromStdString(one.name), done = static_cast<int>(done),
         total = static_cast<int>(total)] { emit caseDone(done, total, name); },
        Qt::QueuedConnection);
  };
  // What is recorded is the text and the clock of this moment, not of the verdict's.
  m_submitted = {.drill = m_drill,
                 .language = m_language,
                 .text = m_text,
                 .submittedAt = practice::system_seconds(),
                 .elapsedSeconds = m_clock.elapsedSeconds(),
                 .pausedSeconds = m_clock.pausedSeconds(),
                 .pauses = m_clock.pauses(),
                 .timed = timed() && (byClock || m_clock.running()),
                 .examplesOnly = examplesOnly,
                 .byClock = byClock,
                 .stated = stated};
  m_context.setBusy(this, true);
  emit judgingStarted(examplesOnly);
  m_watcher.setFuture(
      QtConcurrent::run([drill = m_drill, submission = submission(), options, examplesOnly] {
        return std::make_shared<Outcome>(
            Outcome{judge::grade(*drill, submission, options), examplesOnly});
      }));
}

void DrillSession::stop() {
  if (judging()) m_stop.request_stop();
}

void DrillSession::finished() {
  const std::shared_ptr<Outcome> outcome = m_watcher.result();
  m_context.setBusy(this, m_loader.isRunning());
  // A verdict on a drill that was left for another one has no place to be shown.
  const bool stale = m_submitted.drill != m_drill;
  // After those who are told of this outcome, so that they see its end before the next begins.
  if (m_atZero && !stale)
    QMetaObject::invokeMethod(
        this,
        [this] {
          if (m_atZero && !judging()) submitAtZero();
        },
        Qt::QueuedConnection);
  if (stale || (outcome->report.verdict == judge::Verdict::judge_error &&
                outcome->report.reason == "stopped")) {
    m_submitted.drill.reset();
    return emit stopped();
  }
  if (!outcome->examplesOnly && outcome->report.verdict != judge::Verdict::judge_error)
    record(outcome->report);
  emit judged(outcome->report, outcome->examplesOnly);
}

void DrillSession::record(const judge::SubmissionReport& report) {
  judge::Report whole;
  whole.add(report, *m_drill, judge::GradeOptions{}.seed);
  practice::Attempt attempt;
  attempt.drill = m_drill->id;
  attempt.drill_hash = m_drill->hash;
  attempt.language = m_submitted.language;
  attempt.text = m_submitted.text.toStdString();
  attempt.kind = "timed";
  attempt.started_at = m_startedAt;
  attempt.submitted_at = m_submitted.submittedAt;
  attempt.elapsed_s = m_submitted.elapsedSeconds;
  attempt.paused_s = m_submitted.pausedSeconds;
  attempt.pauses = m_submitted.pauses;
  attempt.mode = m_submitted.timed ? "timed" : "practice";
  attempt.stated = m_submitted.stated;
  attempt.hints = m_hintsTaken;
  attempt.verdict = judge::verdict_code(report.verdict);
  attempt.reason = report.reason;
  attempt.passed = report.passed();
  attempt.total = static_cast<int>(report.cases.size());
  attempt.report = judge::report_json(whole).dump(-1, ' ', false, Json::error_handler_t::replace);
  m_unrecorded.push_back(std::move(attempt));
  const practice::BriefWait brief(m_context.database());
  if (!recordWaiting()) return m_saveTimer.start();
  if (m_text == m_submitted.text && m_language == m_submitted.language) {
    m_unsent = false;
    endSitting(m_context);
  }
  if (report.accepted()) dropDraft();
  emit m_context.recorded();
}

bool DrillSession::recordWaiting() {
  while (!m_unrecorded.empty()) {
    const auto added = practice::add_attempt(m_context.database(), m_unrecorded.front());
    if (!added) return emit failed(QString::fromStdString(added.error().message)), false;
    m_unrecorded.erase(m_unrecorded.begin());
  }
  return true;
}

// A solved drill starts afresh next time; the accepted text stays among the attempts. What was
// typed while the judge worked is kept.
void DrillSession::dropDraft() {
  if (m_text != m_submitted.text || m_language != m_submitted.language) return;
  const auto dropped = practice::drop_draft(m_context.database(), m_drill->id, m_language);
  if (!dropped) emit failed(QString::fromStdString(dropped.error().message));
}

std::vector<practice::Attempt> DrillSession::attempts() const {
  if (!m_drill) return {};
  auto all = practice::attempts_of(m_context.database(), m_drill->id);
  return all ? std::move(*all) : std::vector<practice::Attempt>{};
}

}  // namespace rehearse::present
