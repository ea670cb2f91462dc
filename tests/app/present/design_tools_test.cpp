// SPDX-License-Identifier: GPL-3.0-or-later
//
// Around an open design: its own copy and draft, what may be typed in a script, a sweep, the
// verdict on a challenge, and what a thumbnail shows.
#include <catch2/catch.hpp>

#include "app/present/challenge_text.hpp"
#include "app/present/design_draft.hpp"
#include "app/present/design_session.hpp"
#include "app/present/design_sweep.hpp"
#include "app/present/design_thumbnail.hpp"
#include "app/present/step_hint.hpp"
#include "engine/plan/narrow.hpp"
#include "engine/trace/trace.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using namespace rehearse::present;

namespace {

constexpr const char* kTooled = R"lua(design "Tooled" { asks = "?", seed = 3 }
local users = slider("users", 30, { 20, 60 })
local method = choice("calibration", "platt", { "none", "platt" })
local log = simulate.impressions { users = users, days = 4, base_ctr = 0.2 }
local model = train.ftrl { log, as = "model" }
show.number { model, on = log, metrics = { "log_loss", "roc_auc" }, title = "N", see = "s" }
show.line { log, y = "click", by = "day", title = "Rate", see = "s" }
)lua";

struct Tools {
  test::Product product;
  std::unique_ptr<AppContext> context;
  Tools() {
    test::writeFile(product.path("product/designs/tooled.lua"), kTooled);
    context = product.open();
  }
  QString tooled() const { return product.path("product/designs/tooled.lua"); }
  // A copy of it, which is the user's own.
  QString copied() const {
    const auto id = copyDesign(*context, "tooled");
    REQUIRE(id);
    return *id;
  }
  QString fileOf(const QString& id) const {
    return QString::fromStdString(context->designs().find(id.toStdString())->path);
  }
};

plan::Check checkOf(plan::Expectation::Kind kind, double low, double high, double value,
                    plan::Check::State state) {
  plan::Check check;
  check.expectation.kind = kind;
  check.expectation.low = low;
  check.expectation.high = high;
  check.value = value;
  check.state = state;
  check.sentence = "ece is what it is";
  return check;
}

}  // namespace

TEST_CASE("edit a copy: it gets a free id, is the user's own, and is listed") {
  Tools at;
  CHECK_FALSE(isOwnDesign(*at.context, "tooled"));
  const auto first = copyDesign(*at.context, "tooled"), second = copyDesign(*at.context, "tooled");
  REQUIRE(first);
  REQUIRE(second);
  CHECK(*first == "tooled-copy");
  CHECK(*second == "tooled-copy-2");
  CHECK(isOwnDesign(*at.context, *second));
  CHECK(at.context->designs().find("tooled-copy-2")->title == "Tooled");
  CHECK_FALSE(copyDesign(*at.context, "absent"));
}

TEST_CASE("edit a copy: what is typed survives as a draft, saving writes the file and drops it") {
  Tools at;
  const QString id = at.copied(), path = at.fileOf(id);
  {
    DesignDraft draft(*at.context);
    REQUIRE(draft.open(path));
    CHECK_FALSE(draft.unsaved());
    draft.setText("broken");
    CHECK(draft.unsaved());
  }  // as when the window is closed
  DesignDraft again(*at.context);
  REQUIRE(again.open(path));
  CHECK(again.restored());
  CHECK(again.text() == "broken");
  again.discard();
  CHECK(again.text() == kTooled);
  again.setText(QString(kTooled).replace("\"Tooled\"", "\"Mine\""));
  REQUIRE(again.save());
  CHECK_FALSE(again.unsaved());
  CHECK_FALSE(QFile::exists(path + ".draft"));
  CHECK(at.context->designs().find(id.toStdString())->title == "Mine");
}

TEST_CASE("edit a copy: within a second the draft lies on the disk, without being asked") {
  Tools at;
  const QString path = at.fileOf(at.copied());
  DesignDraft draft(*at.context);
  REQUIRE(draft.open(path));
  draft.setText("typed");
  CHECK(test::waitFor([&path] { return QFile::exists(path + ".draft"); }));
}

TEST_CASE("edit a copy: a deleted design comes back; one of the product is not deleted") {
  Tools at;
  const QString id = at.copied();
  CHECK_FALSE(deleteDesign(*at.context, "tooled"));
  const QString path = at.fileOf(id);
  test::writeFile(path + ".draft", "half a thought");
  const auto gone = deleteDesign(*at.context, id);
  REQUIRE(gone);
  CHECK_FALSE(at.context->designs().find(id.toStdString()));
  CHECK_FALSE(QFile::exists(path + ".draft"));
  REQUIRE(undeleteDesign(*at.context, *gone));
  CHECK(at.context->designs().find(id.toStdString())->title == "Tooled");
  CHECK(QFile::exists(path + ".draft"));
}

TEST_CASE("session: an edited script keeps the knobs, a broken one keeps the last good plan") {
  Tools at;
  DesignSession session;
  REQUIRE(session.open(at.tooled()));
  session.setKnob("users", std::int64_t{40}, true);
  const auto broken = session.setScript(QString(kTooled) + "show.pie { log }\n");
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message.find("tooled.lua:8") != std::string::npos);
  CHECK(session.plan().views.size() == 2);
  REQUIRE(session.setScript(QString(kTooled).section("show.line", 0, 0)));
  CHECK(session.plan().views.size() == 1);
  CHECK(session.plan().knobs[0].value == plan::Value(std::int64_t{40}));
  // A knob whose range no longer holds its value falls back on the script's own.
  REQUIRE(session.setScript(QString(kTooled).replace("{ 20, 60 }", "{ 20, 35 }")));
  CHECK(session.plan().knobs[0].value == plan::Value(std::int64_t{30}));
  CHECK(test::waitFor([&] { return !session.running(); }));
}

TEST_CASE("hints: steps, parameters and choices come from the registry, with their sentence") {
  CHECK(stepHint("local m = train.ft").words.contains("train.ftrl"));
  CHECK(stepHint("local m = train.ft").typed == 8);
  CHECK(stepHint("show.re").words.contains("show.reliability"));
  const StepHint parameter = stepHint("local m = train.ftrl { log, keep");
  CHECK(parameter.words.contains("keep_negatives"));
  CHECK(parameter.typed == 4);
  const StepHint value = stepHint("local m = train.ftrl { log, keep_negatives = ");
  CHECK(value.words.isEmpty());
  CHECK(value.tip.startsWith("keep_negatives: number"));
  CHECK(stepHint("train.ftrl { log, ").tip.startsWith("train.ftrl { "));
  CHECK(stepHint("show.reliability { model, on = live, binning = \"q").words ==
        QStringList{"quantile"});
  CHECK(stepHint("local a, b = log:split { da").words.contains("days"));
}

TEST_CASE("hints: prose and comments are left alone, and a closed call is over") {
  CHECK(stepHint("chapter \"A\" [[ we train.ft").words.isEmpty());
  CHECK(stepHint("-- train.ft").words.isEmpty());
  CHECK(stepHint("show.line { log, title = \"train.ft").words.isEmpty());
  CHECK_FALSE(stepHint("train.ftrl { log } keep").words.contains("keep_negatives"));
  CHECK(stepHint("chapter \"A\" [[ prose ]] train.ft").words.contains("train.ftrl"));
}

TEST_CASE(
    "sweep in the window: a line over one knob, a heat map over two, a trade-off of numbers") {
  Tools at;
  DesignSession session;
  REQUIRE(session.open(at.tooled()));
  DesignSweep sweep;
  REQUIRE_FALSE(sweep.start(session, {{"users", "1:2:lin3"}}));
  REQUIRE_FALSE(sweep.start(session, {{"users", "20,30"}, {"users", "40,50"}}));
  int done = 0;
  QObject::connect(&sweep, &DesignSweep::finished, [&done] { ++done; });
  REQUIRE(sweep.start(session, {{"users", "20,30,40"}}));
  CHECK_FALSE(sweep.start(session, {{"users", "20,30"}}));
  REQUIRE(test::waitFor([&done] { return done == 1; }));
  CHECK(sweep.numbers() == QStringList{"log loss", "ROC AUC"});
  const Figure line = sweep.figure("log loss");
  CHECK(line.kind == "line");
  CHECK(line.data.rows() == 3);
  CHECK(line.see.find("; lowest, ") != std::string::npos);
  CHECK(line.see.find(" at users ") != std::string::npos);
  REQUIRE(sweep.start(session, {{"users", "20,30,40"}, {"calibration", "none,platt"}}));
  REQUIRE(test::waitFor([&done] { return done == 2; }));
  CHECK(sweep.figure("log loss").kind == "heatmap");
  CHECK(sweep.figure("log loss").data.rows() == 6);
  const Figure against = sweep.tradeOff("log loss", false, "ROC AUC", true);
  CHECK(against.kind == "scatter");
  CHECK(against.data.rows() > 6);
}

TEST_CASE("sweep in the window: the joined points are those that no other beats in both") {
  Tools at;
  DesignSession session;
  REQUIRE(session.open(at.tooled()));
  DesignSweep sweep;
  bool done = false;
  QObject::connect(&sweep, &DesignSweep::finished, [&done] { done = true; });
  REQUIRE(sweep.start(session, {{"users", "20:60:lin6"}}));
  REQUIRE(test::waitFor([&done] { return done; }));
  const Frame front = sweep.tradeOff("log loss", false, "ROC AUC", true).data;
  const Column *loss = sweep.table().find("log loss"), *auc = sweep.table().find("ROC AUC");
  for (std::size_t row = 6; row < front.rows(); ++row)
    for (std::size_t other = 0; other < sweep.table().rows(); ++other) {
      const double x = front.find("x")->number(row), y = front.find("y")->number(row);
      CHECK_FALSE((loss->number(other) < x && auc->number(other) > y));
    }
}

TEST_CASE("challenge: the verdict says which goal held, which did not, and by how much") {
  using Kind = plan::Expectation::Kind;
  using State = plan::Check::State;
  const auto held = checkOf(Kind::below, 0, 0.05, 0.01, State::held);
  const auto above = checkOf(Kind::below, 0, 0.05, 0.06, State::broken);
  const auto below = checkOf(Kind::between, 0.8, 1.2, 0.6, State::broken);
  const auto unknown = checkOf(Kind::below, 0, 1, std::nan(""), State::unknown);
  CHECK(goalLine(held) == "Reached: ece is what it is");
  CHECK(goalLine(above).endsWith("0.01 too much (20% of the limit)"));
  CHECK(goalLine(below).endsWith("0.2 too little (25% of the limit)"));
  CHECK(goalLine(unknown).startsWith("Cannot be judged"));
  CHECK(verdictLine({held, above}, 185).startsWith("1 of 2 goals reached after 3:05"));
  CHECK(verdictLine({held, held}, 65) == "All 2 goals are reached, in 1:05.");
  CHECK(verdictLine({held}, 5) == "The goal is reached, in 0:05.");
}

TEST_CASE("thumbnail: the first plot alone is run, and only where its picture is not there") {
  Tools at;
  const auto plan = trace::trace_script(kTooled, "tooled.lua");
  REQUIRE(plan);
  const plan::Plan small = plan::narrowed(*plan, 1);
  CHECK(small.nodes.size() < plan->nodes.size());
  CHECK(small.nodes.back().hash ==
        plan->nodes[static_cast<std::size_t>(plan->views[1].data.node)].hash);
  const auto isPlot = [](const std::string& kind) { return kind == "line"; };
  const auto fresh = thumbnailSource(at.tooled().toStdString(), isPlot,
                                     [](const std::string&) { return false; }, {});
  REQUIRE(fresh);
  CHECK(fresh->figure.title == "Rate");
  CHECK(fresh->figure.data.rows() > 0);
  const auto known = thumbnailSource(at.tooled().toStdString(), isPlot,
                                     [](const std::string&) { return true; }, {});
  REQUIRE(known);
  CHECK(known->key == fresh->key);
  CHECK(known->figure.data.rows() == 0);
}
