// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/solve_clock.hpp"

#include <QSignalSpy>
#include <catch2/catch.hpp>

#include "app/present/drill_session.hpp"
#include "app/present/sitting.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using namespace rehearse::present;
using rehearse::test::waitFor;

namespace {

using Policy = SolveClock::Policy;

struct Watched {
  qint64 now = 1'000'000;
  SolveClock clock{[this] { return now; }};
  void pass(int seconds) { now += 1000 * seconds; }
};

// Its hint costs all of the time.
struct CostlyHint : test::Product {
  CostlyHint() {
    QByteArray costly(test::kDrill);
    costly.replace(R"({ text = "Use the plus sign.", cost_min = 0.5 })",
                   R"({ text = "Everything.", cost_min = 1 })");
    test::writeFile(path("product/drills/warm-up/add-two.lua"), costly);
  }
};

void openDrill(DrillSession& session) {
  session.open("add-two");
  REQUIRE(waitFor([&] { return session.isOpen(); }));
}

// As a window that is killed leaves it: what was under way is still said to be.
void crash(AppContext& context, std::unique_ptr<DrillSession> session) {
  const QString left = context.setting("solve.sitting", {});
  REQUIRE_FALSE(left.isEmpty());
  session.reset();
  CHECK(context.setting("solve.sitting", {}).isEmpty());
  context.setSetting("solve.sitting", left);
}

}  // namespace

TEST_CASE("solve clock: a practice is paused, and each pause is kept with its seconds") {
  Watched watched;
  SolveClock& clock = watched.clock;
  clock.reset(2);
  clock.start();
  watched.pass(30);
  REQUIRE(clock.pause());
  CHECK_FALSE(clock.pause());
  watched.pass(10);
  CHECK(clock.secondsLeft() == 90);
  CHECK(clock.pausedSeconds() == 10);
  CHECK(clock.pauses() == std::vector<practice::Pause>{{30, 40}});
  clock.start();
  watched.pass(20);
  REQUIRE(clock.pause());
  watched.pass(5);
  clock.start();
  watched.pass(80);
  CHECK(clock.elapsedSeconds() == 130);
  CHECK(clock.secondsLeft() == -10);
  CHECK(clock.pauses() == std::vector<practice::Pause>{{30, 40}, {60, 65}});
  CHECK(clock.pausedSeconds() == 15);
}

TEST_CASE("solve clock: timed, it cannot be paused; a sitting that was paused stays a practice") {
  Watched watched;
  watched.clock.reset(1);
  REQUIRE(watched.clock.setPolicy(Policy::timed));
  watched.clock.start();
  watched.pass(10);
  CHECK_FALSE(watched.clock.pause());
  CHECK(watched.clock.running());
  REQUIRE(watched.clock.setPolicy(Policy::practice));
  REQUIRE(watched.clock.pause());
  CHECK_FALSE(watched.clock.setPolicy(Policy::timed));
  watched.clock.start();
  CHECK_FALSE(watched.clock.setPolicy(Policy::timed));
  watched.clock.reset(1);
  CHECK(watched.clock.setPolicy(Policy::timed));
}

TEST_CASE("solve clock: hints cost their minutes, and a finished clock stands") {
  Watched watched;
  watched.clock.reset(2);
  watched.clock.start();
  watched.clock.spend(0.5);
  watched.pass(30);
  CHECK(watched.clock.secondsLeft() == 60);
  watched.clock.finish();
  watched.pass(30);
  watched.clock.start();
  watched.pass(30);
  CHECK(watched.clock.secondsLeft() == 60);
  CHECK(watched.clock.pausedSeconds() == 0);
}

TEST_CASE("solve clock: what a broken sitting had reached goes on") {
  Watched watched;
  watched.clock.reset(5);
  watched.clock.restore(61'500, {{10, 20}});
  CHECK_FALSE(watched.clock.running());
  watched.pass(1000);
  CHECK(watched.clock.elapsedSeconds() == 61);
  watched.clock.start();
  watched.pass(9);
  REQUIRE(watched.clock.pause());
  watched.pass(3);
  CHECK(watched.clock.pauses() == std::vector<practice::Pause>{{10, 20}, {80, 83}});
}

TEST_CASE("drill session: timed, the draft is submitted at zero, once, and marked so") {
  const CostlyHint product;
  const auto context = product.open();
  context->setSetting("solve.clock", "timed");
  DrillSession session(*context);
  openDrill(session);
  CHECK(session.timed());
  session.textChanged("function add(a, b) return a + b end");
  session.startClock();
  CHECK_FALSE(session.pauseClock());
  QSignalSpy timeUp(&session, &DrillSession::timeUp), judged(&session, &DrillSession::judged);
  CHECK(session.takeHint() == "Everything.");
  REQUIRE(waitFor([&] { return judged.size() == 1; }));
  CHECK(timeUp.size() == 1);
  CHECK(session.submittedByClock());
  CHECK(session.clockFinished());
  const auto attempts = session.attempts();
  REQUIRE(attempts.size() == 1);
  CHECK(attempts[0].mode == "timed");
  CHECK(attempts[0].accepted());
  CHECK_FALSE(attempts[0].stated);
  REQUIRE(waitFor([&] { return !session.judging(); }));
  QCoreApplication::processEvents();
  CHECK(judged.size() == 1);
  session.submit(0.8);
  REQUIRE(waitFor([&] { return judged.size() == 2; }));
  CHECK_FALSE(session.submittedByClock());
  CHECK(session.attempts()[0].mode == "practice");  // after the time
  CHECK(session.attempts()[0].stated == 0.8);
}

TEST_CASE(
    "drill session: in practice the draft is submitted at zero, once, and the clock runs on") {
  const CostlyHint product;
  const auto context = product.open();
  DrillSession session(*context);
  openDrill(session);
  session.textChanged("function add(a, b) return a - b end");
  session.startClock();
  QSignalSpy timeUp(&session, &DrillSession::timeUp), judged(&session, &DrillSession::judged),
      ticked(&session, &DrillSession::tick);
  session.takeHint();
  REQUIRE(waitFor([&] { return judged.size() == 1; }));
  REQUIRE(timeUp.size() == 1);
  CHECK(timeUp[0][0].toBool());
  CHECK(session.submittedByClock());
  CHECK(session.clockRunning());
  CHECK_FALSE(session.clockFinished());
  REQUIRE(session.attempts().size() == 1);
  CHECK(session.attempts()[0].mode == "practice");
  ticked.clear();
  REQUIRE(waitFor([&] { return ticked.size() >= 2; }));  // at both of which it is over
  CHECK(timeUp.size() == 1);
  CHECK_FALSE(session.judging());
  REQUIRE(session.pauseClock());
  session.textChanged("function add(a, b) return a + b end");
  session.submit();
  REQUIRE(waitFor([&] { return judged.size() == 2; }));
  CHECK_FALSE(session.submittedByClock());
}

TEST_CASE("drill session: in practice nothing is submitted at zero that is a starter or was sent") {
  const CostlyHint product;
  const auto context = product.open();
  DrillSession session(*context);
  openDrill(session);
  const bool sent = GENERATE(false, true);
  QSignalSpy timeUp(&session, &DrillSession::timeUp), judged(&session, &DrillSession::judged);
  session.startClock();
  if (sent) {
    session.textChanged("function add(a, b) return a - b end");
    session.submit();
    REQUIRE(waitFor([&] { return judged.size() == 1; }));
  }
  session.takeHint();
  REQUIRE(waitFor([&] { return timeUp.size() == 1; }));
  CHECK_FALSE(timeUp[0][0].toBool());
  CHECK_FALSE(session.judging());
  CHECK(session.attempts().size() == (sent ? 1 : 0));
}

TEST_CASE("sitting: a practice that broke off after its time is not submitted again") {
  const CostlyHint product;
  const auto context = product.open();
  auto session = std::make_unique<DrillSession>(*context);
  openDrill(*session);
  session->takeHint();
  session->textChanged("-- half");
  REQUIRE(session->saveNow());
  crash(*context, std::move(session));

  DrillSession next(*context);
  openDrill(next);
  CHECK(next.secondsLeft() <= 0);
  QSignalSpy timeUp(&next, &DrillSession::timeUp), ticked(&next, &DrillSession::tick);
  next.startClock();
  REQUIRE(waitFor([&] { return ticked.size() >= 3; }));
  CHECK(timeUp.isEmpty());
}

TEST_CASE("sitting: after a crash the drill is offered with its clock, and goes on") {
  const test::Product product;
  const auto context = product.open();
  auto session = std::make_unique<DrillSession>(*context);
  openDrill(*session);
  CHECK(context->setting("solve.sitting", {}).isEmpty());  // nothing is typed, nothing is lost
  session->startClock();
  session->takeHint();
  session->textChanged("-- half");
  REQUIRE(session->saveNow());
  crash(*context, std::move(session));

  DrillSession next(*context);
  const auto offer = resumeOffer(*context);
  REQUIRE(offer);
  CHECK(offer->drill == "add-two");
  CHECK(offer->title == "Go on where you were: Add two numbers");
  CHECK(offer->sentence.contains("0:30 left"));
  openDrill(next);
  CHECK(next.initialText() == "-- half");
  CHECK(next.hintsTaken() == 1);
  CHECK(next.secondsLeft() == 30);
  CHECK_FALSE(resumeOffer(*context));
}

TEST_CASE("sitting: skipped, it is not offered again; a clean end offers nothing") {
  const test::Product product;
  const auto context = product.open();
  auto session = std::make_unique<DrillSession>(*context);
  openDrill(*session);
  session->textChanged("-- half");
  REQUIRE(session->saveNow());
  crash(*context, std::move(session));
  noticeBrokenSitting(*context);
  REQUIRE(resumeOffer(*context));
  forgetBrokenSitting(*context);
  CHECK_FALSE(resumeOffer(*context));
  const auto restarted = product.open();
  DrillSession after(*restarted);
  CHECK_FALSE(resumeOffer(*restarted));
  openDrill(after);
  CHECK(after.initialText() == "-- half");  // the draft itself stays
  CHECK(after.secondsLeft() == 60);
}

TEST_CASE("sitting: a record that is no longer readable, or whose draft went, offers nothing") {
  const test::Product product;
  const auto context = product.open();
  for (const char* text : {"", "{", "[]", R"({"drill":"add-two"})"}) {
    context->setSetting("solve.unfinished", text);
    CHECK_FALSE(resumeOffer(*context));
  }
  keepSitting(*context, {.drill = "add-two", .language = "lua", .pauses = {}});
  noticeBrokenSitting(*context);
  CHECK_FALSE(resumeOffer(*context));  // no draft
}
