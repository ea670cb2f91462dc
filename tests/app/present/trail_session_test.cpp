// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/trail_session.hpp"

#include <catch2/catch.hpp>

#include "app/present/design_groups.hpp"
#include "app/present/design_session.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

const char* kTrained = R"(design "Trained" { asks = "How?", covers = { "S10-C01" }, seed = 5 }
local days = slider("days", 3, { 2, 6 })
local log = source("impressions", simulate.impressions { users = 60, days = days, base_ctr = 0.2 }, { "time", "click" })
local model = train.ftrl { log, as = "model" }
show.number { model, on = log, metrics = { "log_loss" }, title = "N", see = "s" }
)";

struct Ran {
  test::Product product;
  present::DesignSession design;
  present::TrailSession trail;
  std::optional<Figure> shown;
  QString error;
  Ran() {
    test::writeFile(product.path("trained.lua"), kTrained);
    QObject::connect(&design, &present::DesignSession::runFinished, &design,
                     [this] { trail.setRun(*design.lastPlan(), *design.lastRun()); });
    QObject::connect(&trail, &present::TrailSession::shown, &trail,
                     [this](const Figure& figure) { shown = figure; });
    QObject::connect(&trail, &present::TrailSession::failed, &trail,
                     [this](const QString& message) { error = message; });
    REQUIRE(design.open(product.path("trained.lua")));
    REQUIRE(waitFor([this] { return shown.has_value(); }));
  }
  void wait(qlonglong row) {
    const std::string words = "row " + std::to_string(row) + ",";
    REQUIRE(waitFor([&] { return shown && shown->title.find(words) != std::string::npos; }));
  }
};

}  // namespace

TEST_CASE("trail session: shows the row that was chosen last") {
  Ran ran;
  CHECK(ran.trail.steps() == QStringList{"model (train.ftrl)"});
  CHECK(ran.trail.label() == "click");
  REQUIRE(ran.trail.rows() > 50);
  for (qlonglong row : {3, 9, 27}) ran.trail.chooseRow(row);
  ran.wait(27);
  CHECK(ran.shown->data.rows() > 0);
  CHECK(ran.error.isEmpty());
  ran.trail.chooseRow(1000000);
  CHECK(ran.trail.row() == ran.trail.rows() - 1);
  ran.wait(ran.trail.row());
}

TEST_CASE("trail session: goes to the next click, and says when there is none") {
  Ran ran;
  ran.trail.setWanted(true);
  REQUIRE(ran.trail.move(false));
  ran.wait(ran.trail.row());
  CHECK_THAT(ran.shown->title, Catch::Matchers::Contains("click = "));
  const qlonglong first = ran.trail.row();
  REQUIRE(ran.trail.move(false));
  CHECK(ran.trail.row() > first);
  REQUIRE(ran.trail.move(true));
  CHECK(ran.trail.row() == first);
  ran.trail.setWanted(std::nullopt);
  ran.trail.chooseRow(0);
  CHECK_FALSE(ran.trail.move(true));
  CHECK(ran.trail.row() == 0);
}

TEST_CASE("trail session: another run keeps the step and stays within its rows") {
  Ran ran;
  ran.trail.chooseRow(ran.trail.rows() - 1);
  const qlonglong before = ran.trail.rows();
  ran.design.setKnob("days", std::int64_t{2}, true);
  REQUIRE(waitFor([&] { return ran.trail.rows() < before; }));
  CHECK(ran.trail.row() == ran.trail.rows() - 1);
  ran.wait(ran.trail.row());
}

TEST_CASE("design session: a file of the user's takes the place of a source, and goes again") {
  Ran ran;
  const qlonglong before = ran.trail.rows();
  test::writeFile(ran.product.path("mine.csv"),
                  "time,click,platform\n2026-01-01,1,web\n2026-01-02,0,ios\n2026-01-03,0,web\n");
  ran.design.useFile("impressions", ran.product.path("mine.csv"));
  REQUIRE(waitFor([&] { return ran.trail.rows() == 3; }));
  CHECK(ran.design.files().value("impressions").endsWith("mine.csv"));
  ran.design.dropFile("impressions");
  REQUIRE(waitFor([&] { return ran.trail.rows() == before; }));
  CHECK(ran.design.files().isEmpty());
  QString message;
  QObject::connect(&ran.design, &present::DesignSession::failed, &ran.design,
                   [&](const QString& text) { message = text; });
  ran.design.useFile("impressions", ran.product.path("nowhere.csv"));
  REQUIRE(waitFor([&] { return !message.isEmpty(); }));
  CHECK(message.contains("nowhere.csv"));
  CHECK(ran.design.files().isEmpty());
}

TEST_CASE("design groups: by section, with topics in words, narrowed by words") {
  test::Product product;
  test::writeFile(product.path("product/designs/trained.lua"), kTrained);
  test::writeFile(product.path("product/designs/other.lua"),
                  "design \"Other\" { asks = \"Nothing?\", seed = 1 }\n");
  test::writeFile(product.path("product/designs/broken.lua"), "design(\n");
  test::writeFile(product.path("product/content/inventory.toml"),
                  "\"S10-C01\" = { kind = \"concept\", section = \"S10\", label = \"Proper scoring "
                  "(formula missing); a remark\" }\n");
  const auto context = product.open();
  const auto groups = present::designGroups(*context);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].title == "Evaluation, calibration and validation");
  CHECK(groups[0].designs[0].covers == QStringList{"Proper scoring"});
  CHECK(groups[1].title == "More designs");
  REQUIRE(groups[1].designs.size() == 2);
  CHECK_FALSE(groups[1].designs[1].error.isEmpty());
  CHECK(present::designGroups(*context, "SCORING how")[0].designs[0].id == "trained");
  CHECK(present::designGroups(*context, "scoring nothing").isEmpty());
}
