// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_trial.hpp"

#include <QLocale>
#include <QtConcurrent>

#include "app/present/app_context.hpp"
#include "app/present/drill_session.hpp"
#include "app/present/qt_text.hpp"
#include "drills/judge/own_cases.hpp"

namespace rehearse::present {
namespace {

// What `grade` does not see.
constexpr std::uint64_t kFirstStressSeed = 2;

// A line: what was pasted in several is one input all the same.
std::string oneLine(const QString& text) {
  QString line = text.trimmed();
  for (const QChar end :
       {QChar('\n'), QChar('\r'), QChar(QChar::LineSeparator), QChar(QChar::ParagraphSeparator)})
    line.replace(end, ' ');
  return line.toStdString();
}

judge::SubmissionReport asReport(const judge::OwnRun& run) {
  judge::SubmissionReport report;
  report.verdict = run.result.verdict;
  report.reason = run.result.reason;
  report.message = run.result.message;
  report.cases = {run.result};
  if (report.verdict == judge::Verdict::compile_error) return report;
  judge::FirstFailure shown;
  shown.case_name = run.result.name;
  shown.verdict = run.result.verdict;
  shown.message = run.result.message;
  shown.input_text = run.input_text;
  shown.expected_text = run.expected_text;
  shown.got_text = run.got_text;
  report.first_failure = std::move(shown);
  return report;
}

QString foundSentence(const judge::StressReport& report, const std::string& kept) {
  const QString inputs = QLocale(QLocale::English).toString(static_cast<qulonglong>(report.inputs));
  const QString seconds = QString::number(report.seconds, 'f', 1);
  if (!report.found)
    return QObject::tr("%1 different inputs in %2 s, and every answer was right.")
        .arg(inputs, seconds);
  const QString found = QObject::tr("Found after %1 inputs in %2 s.").arg(inputs, seconds);
  return kept.empty() ? found : found + QObject::tr(" Kept as a case of your own.");
}

}  // namespace

DrillTrial::DrillTrial(AppContext& context, DrillSession& session, QObject* parent)
    : QObject(parent), m_context(context), m_session(session) {
  connect(&m_watcher, &QFutureWatcherBase::finished, this, &DrillTrial::finished);
}

DrillTrial::~DrillTrial() {
  m_stop.request_stop();
  m_watcher.waitForFinished();
  m_context.setBusy(this, false);
}

void DrillTrial::stop() {
  if (running()) m_stop.request_stop();
}

QString DrillTrial::exampleInput() const {
  const judge::Drill& drill = m_session.drill();
  if (drill.examples.empty()) return {};
  return qs(judge::input_as_line(drill.examples.front().input, drill.signature));
}

// Runs `work(drill, submission, options)`, which gives one of the kinds of an outcome.
template <typename Work>
void DrillTrial::begin(Kind kind, Work work) {
  if (!m_session.isOpen() || m_session.judging() || running()) return;
  m_stop = std::stop_source();
  judge::GradeOptions options = m_session.grading(m_stop.get_token());
  options.on_build = [this] {
    QMetaObject::invokeMethod(this, &DrillTrial::compiling, Qt::QueuedConnection);
  };
  m_context.setBusy(this, true);
  m_watcher.setFuture(QtConcurrent::run(
      [drill = m_session.sharedDrill(), options, work, submission = m_session.submission()] {
        auto outcome = std::make_shared<Outcome>(Outcome{drill, Error{}});
        if (auto done = work(*drill, submission, options))
          outcome->what = std::move(*done);
        else
          outcome->what = done.error();
        return outcome;
      }));
  emit started(kind);
}

void DrillTrial::runInput(const QString& text) {
  begin(Kind::ownInput, [text = oneLine(text)](const judge::Drill& drill, const auto& submission,
                                               const judge::GradeOptions& options) {
    return judge::run_own_input(drill, submission, text, options);
  });
}

void DrillTrial::keepCase(const QString& text) {
  begin(Kind::keep,
        [text = oneLine(text)](const judge::Drill& drill, const auto&,
                               const judge::GradeOptions& options) -> Result<Kept> {
          const std::string path = judge::own_cases_path(options.own_cases, drill);
          auto added = judge::add_own_case(drill, path, text, options.workshop);
          if (!added) return fail(added.error());
          return Kept{path, *added};
        });
}

void DrillTrial::stress(double seconds) {
  begin(Kind::stress,
        [this, seconds](const judge::Drill& drill, const auto& submission,
                        const judge::GradeOptions& options) -> Result<Stressed> {
          judge::StressOptions how;
          how.grading = options;
          how.grading.seed = kFirstStressSeed;
          how.seconds = seconds;
          how.on_seed = [this](const judge::StressReport& report) {
            QMetaObject::invokeMethod(
                this,
                [this, spent = report.seconds, inputs = report.inputs] {
                  emit stressing(spent, inputs);
                },
                Qt::QueuedConnection);
          };
          auto report = judge::stress(drill, submission, how);
          if (!report) return fail(report.error());
          Stressed done{std::move(*report), ""};
          if (!done.report.found || !done.report.found->first_failure ||
              options.stop.stop_requested())
            return done;
          done.kept = judge::own_cases_path(options.own_cases, drill);
          const judge::Input& input = done.report.found->first_failure->input;
          auto added = judge::add_own_case(
              drill, done.kept, judge::input_as_line(input, drill.signature), options.workshop);
          if (!added) return fail(added.error());
          return done;
        });
}

void DrillTrial::finished() {
  const std::shared_ptr<Outcome> outcome = m_watcher.result();
  m_context.setBusy(this, false);
  const bool lost = m_stop.stop_requested() && !std::holds_alternative<Kept>(outcome->what);
  if (lost || outcome->drill != m_session.sharedDrill()) return emit stopped();
  if (const auto* error = std::get_if<Error>(&outcome->what))
    return emit failed(qs(error->message));
  if (const auto* run = std::get_if<judge::OwnRun>(&outcome->what))
    return emit inputRun(asReport(*run));
  if (const auto* kept = std::get_if<Kept>(&outcome->what))
    return emit caseKept(kept->added ? tr("Every submission of this drill is judged with it from "
                                          "now on. It stands in %1.")
                                           .arg(qs(kept->path))
                                     : tr("It stands already in %1.").arg(qs(kept->path)),
                         kept->added);
  const auto& done = std::get<Stressed>(outcome->what);
  emit stressed(done.report.found, foundSentence(done.report, done.kept));
}

}  // namespace rehearse::present
