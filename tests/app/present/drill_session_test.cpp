// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_session.hpp"

#include <QSignalSpy>
#include <QThread>
#include <catch2/catch.hpp>

#include "app/present/drill_text.hpp"
#include "drills/judge/languages.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using namespace rehearse::present;
using rehearse::test::waitFor;

namespace {

struct Opened {
  test::Product product;
  std::unique_ptr<AppContext> context = product.open();
  DrillSession session{*context};
  std::optional<judge::SubmissionReport> report;
  QString error;

  Opened() {
    QObject::connect(&session, &DrillSession::judged, &session,
                     [this](const judge::SubmissionReport& got, bool) { report = got; });
    QObject::connect(&session, &DrillSession::failed, &session,
                     [this](const QString& message) { error = message; });
    session.open("add-two");
    waitFor([this] { return session.isOpen() || !error.isEmpty(); });
    INFO(error.toStdString());
    REQUIRE(session.isOpen());
  }
  const judge::SubmissionReport& judgedWith(const QString& text) {
    session.textChanged(text);
    session.submit();
    REQUIRE(waitFor([this] { return report.has_value(); }));
    return *report;
  }
  std::optional<practice::Draft> draft() const {
    return *practice::draft_of(context->database(), "add-two", "lua");
  }
};

const char* kRight = "function add(a, b) return a + b end\n";
const char* kWrong = "function add(a, b) return a - b end\n";

}  // namespace

TEST_CASE("drill session: a drill opens with its starter when there is no draft") {
  Opened opened;
  CHECK_FALSE(opened.session.hasDraft());
  CHECK(opened.session.initialText().contains("add"));
  CHECK(opened.session.secondsLeft() == 60);
}

TEST_CASE("drill session: an unknown drill is told and opens nothing") {
  test::Product product;
  auto context = product.open();
  DrillSession session(*context);
  QSignalSpy failed(&session, &DrillSession::failed);
  session.open("ad-two");
  REQUIRE(waitFor([&] { return !failed.isEmpty(); }));
  CHECK(failed[0][0].toString().contains("add-two"));
  CHECK_FALSE(session.isOpen());
}

TEST_CASE("drill session: the draft is written by itself after a change, and comes back") {
  Opened opened;
  QSignalSpy saved(&opened.session, &DrillSession::draftSaved);
  opened.session.textChanged("-- a thought");
  CHECK_FALSE(opened.draft());
  REQUIRE(waitFor([&] { return !saved.isEmpty(); }));
  REQUIRE(opened.draft());
  CHECK(opened.draft()->text == "-- a thought");

  DrillSession again(*opened.context);
  again.open("add-two");
  REQUIRE(waitFor([&] { return again.isOpen(); }));
  CHECK(again.hasDraft());
  CHECK(again.initialText() == "-- a thought");
}

TEST_CASE("drill session: a draft that another program kept out is tried again by itself") {
  Opened opened;
  auto other = *practice::Database::open(opened.context->home().database());
  REQUIRE(other->write("lock", [&](SQLite::Database&) {
    opened.session.textChanged("-- kept out");
    REQUIRE(waitFor([&] { return opened.error.contains("in use by another program"); }));
    CHECK_FALSE(opened.draft());
    opened.session.open("nowhere");  // would lose it
    CHECK(opened.session.isOpen());
  }));
  CHECK(waitFor([&] { return opened.draft().has_value(); }));
  CHECK(opened.session.drill().id == "add-two");
}

TEST_CASE("drill session: an attempt that another program kept out is recorded by itself") {
  Opened opened;
  auto other = *practice::Database::open(opened.context->home().database());
  REQUIRE(other->write("lock", [&](SQLite::Database&) {
    CHECK(opened.judgedWith(kRight).accepted());
    CHECK(opened.error.contains("in use by another program"));
    CHECK(opened.session.attempts().empty());
  }));
  REQUIRE(waitFor([&] { return !opened.session.attempts().empty(); }));
  CHECK(opened.session.attempts().size() == 1);
  CHECK(opened.session.saveNow());
  CHECK(opened.session.attempts().size() == 1);
}

TEST_CASE("drill session: closing writes the draft at once") {
  Opened opened;
  opened.session.textChanged("-- unsaved");
  CHECK(opened.session.saveNow());
  REQUIRE(opened.draft());
  CHECK(opened.draft()->text == "-- unsaved");
}

TEST_CASE(
    "drill session: an accepted submission is recorded with its text and report, and its draft "
    "goes") {
  Opened opened;
  QSignalSpy recorded(opened.context.get(), &AppContext::recorded);
  CHECK(opened.judgedWith(kRight).accepted());
  REQUIRE(opened.session.attempts().size() == 1);
  const practice::Attempt attempt = opened.session.attempts()[0];
  CHECK(attempt.text == kRight);
  CHECK(attempt.verdict == "AC");
  CHECK(attempt.kind == "timed");
  CHECK(attempt.passed == attempt.total);
  CHECK(attempt.total == 2);
  CHECK(Json::parse(attempt.report, nullptr, false).is_object());
  CHECK(recorded.size() == 1);
  CHECK_FALSE(opened.draft());
  CHECK(opened.context->bestAttempt("add-two").startsWith("accepted in 0:0"));
}

TEST_CASE("drill session: a wrong answer is recorded with its count of cases and keeps the draft") {
  Opened opened;
  CHECK(opened.judgedWith(kWrong).verdict == judge::Verdict::wrong_answer);
  CHECK(opened.context->bestAttempt("add-two") == "wrong answer, 1 of 2");
  REQUIRE(opened.draft());
  CHECK(opened.draft()->text == kWrong);
}

TEST_CASE("drill session: each language has a draft of its own, and the next start remembers it") {
  const test::Product product;
  const auto context = product.open();
  {
    present::DrillSession session(*context);
    session.open("add-two");
    REQUIRE(waitFor([&] { return session.isOpen(); }));
    session.textChanged("-- in Lua");
    REQUIRE(session.setLanguage("python"));
    CHECK(session.initialText().startsWith("def add("));
    session.textChanged("# in Python");
    REQUIRE(session.setLanguage("lua"));
    CHECK(session.initialText() == "-- in Lua");
    REQUIRE(session.setLanguage("python"));
    CHECK(session.initialText() == "# in Python");
    CHECK(session.setLanguage("cobol"));  // unknown: nothing changes
    CHECK(session.language() == "python");
  }
  present::DrillSession again(*context);
  CHECK(again.language() == "python");
}

TEST_CASE("drill session: a submission is judged and recorded in its language") {
  if (judge::find_language("python")->version().empty()) {
    WARN("Python 3 was not found here: skipped");
    return;
  }
  const test::Product product;
  const auto context = product.open();
  present::DrillSession session(*context);
  session.setLanguage("python");
  session.open("add-two");
  REQUIRE(waitFor([&] { return session.isOpen(); }));
  session.textChanged("def add(a, b):\n    return a + b\n");
  std::optional<judge::SubmissionReport> report;
  QObject::connect(&session, &present::DrillSession::judged, &session,
                   [&](const judge::SubmissionReport& done) { report = done; });
  session.submit();
  REQUIRE(waitFor([&] { return report.has_value(); }));
  INFO(report->message);
  CHECK(report->accepted());
  const auto attempts = session.attempts();
  REQUIRE(attempts.size() == 1);
  CHECK(attempts[0].language == "python");
  CHECK(attempts[0].accepted());
}

TEST_CASE("drill session: C++ is compiled out of the window's way, told, and can be stopped") {
  if (judge::find_language("cpp")->version().empty()) {
    WARN("no C++ compiler was found here: skipped");
    return;
  }
  Opened opened;
  REQUIRE(opened.session.setLanguage("cpp"));
  CHECK(opened.session.initialText().contains("long long add("));
  opened.session.textChanged("long long add(long long a, long long b) { return a + b; }\n");
  QSignalSpy compiling(&opened.session, &DrillSession::compiling);
  QSignalSpy stopped(&opened.session, &DrillSession::stopped);
  const auto stop = QObject::connect(&opened.session, &DrillSession::compiling, &opened.session,
                                     &DrillSession::stop);
  opened.session.submit();
  REQUIRE(waitFor([&] { return !stopped.isEmpty() || opened.report; }));
  CHECK(compiling.size() == 1);
  CHECK(stopped.size() == 1);
  CHECK(opened.session.attempts().empty());
  QObject::disconnect(stop);
  opened.session.submit();
  REQUIRE(waitFor([&] { return opened.report.has_value(); }));
  INFO(opened.report->message);
  CHECK(opened.report->accepted());
  CHECK(compiling.size() == 2);
  CHECK(opened.session.attempts()[0].language == "cpp");
  opened.report.reset();
  opened.session.submit();  // what was built is kept
  REQUIRE(waitFor([&] { return opened.report.has_value(); }));
  CHECK(compiling.size() == 2);
}

TEST_CASE("drill session: the line of a C++ compile error is found") {
  if (judge::find_language("cpp")->version().empty()) return;
  Opened opened;
  REQUIRE(opened.session.setLanguage("cpp"));
  const auto& report =
      opened.judgedWith("\nlong long add(long long a, long long b) { return c; }\n");
  INFO(report.message);
  CHECK(report.verdict == judge::Verdict::compile_error);
  CHECK(errorLine(report) == 2);
}

TEST_CASE("drill session: a language that the machine lacks is a choice with its reason") {
  judge::Language absent = *judge::find_language("lua");
  absent.id = "cobol";
  absent.name = "COBOL";
  absent.version = [] { return std::string(); };
  absent.runtime = [](const judge::Signature&) -> Result<judge::Runtime> {
    return fail(Code::unsupported, "install a compiler of COBOL");
  };
  const auto choices = languageChoices({*judge::find_language("lua"), absent});
  REQUIRE(choices.size() == 2);
  CHECK(choices[0].lacking.isEmpty());
  CHECK(choices[1].name == "COBOL");
  CHECK(choices[1].lacking == "install a compiler of COBOL");
}

TEST_CASE("drill session: running the examples records nothing") {
  Opened opened;
  opened.session.textChanged(kRight);
  opened.session.runExamples();
  REQUIRE(waitFor([&] { return opened.report.has_value(); }));
  CHECK(opened.report->accepted());
  CHECK(opened.session.attempts().empty());
}

TEST_CASE("drill session: a stopped grading records nothing and the next one works") {
  Opened opened;
  QSignalSpy stopped(&opened.session, &DrillSession::stopped);
  opened.session.textChanged("function add(a, b) while true do end end");
  opened.session.submit();
  CHECK(opened.session.judging());
  opened.session.stop();
  REQUIRE(waitFor([&] { return !stopped.isEmpty() || opened.report; }));
  CHECK(stopped.size() == 1);
  CHECK(opened.session.attempts().empty());
  CHECK(opened.judgedWith(kRight).accepted());
}

TEST_CASE("drill session: a hint costs its minutes, once") {
  Opened opened;
  CHECK(opened.session.nextHintCost() == 0.5);
  CHECK(opened.session.takeHint() == "Use the plus sign.");
  CHECK(opened.session.secondsLeft() == 30);
  CHECK(opened.session.takeHint().isEmpty());
  CHECK(opened.session.secondsLeft() == 30);
  CHECK(opened.session.hintsTaken() == 1);
}

TEST_CASE("drill session: the line of a compile error is found") {
  Opened opened;
  const auto& report = opened.judgedWith("function add(a, b)\n  return a +\nend\n");
  INFO(report.message);
  CHECK(report.verdict == judge::Verdict::compile_error);
  CHECK(errorLine(report) == 3);
}

TEST_CASE("drill session: the event loop goes on while the judge works") {
  Opened opened;
  QElapsedTimer since;
  QTimer heart;
  qint64 longest = 0;
  QObject::connect(&heart, &QTimer::timeout, [&] { longest = std::max(longest, since.restart()); });
  opened.session.textChanged(kRight);
  heart.start(5);
  since.start();
  opened.session.submit();
  REQUIRE(waitFor([&] { return opened.report.has_value(); }));
  WARN("longest pause between heartbeats of 5 ms while judging: " << longest << " ms");
  CHECK(longest < 2000);
}
