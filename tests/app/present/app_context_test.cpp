// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/app_context.hpp"

#include <QSignalSpy>
#include <catch2/catch.hpp>

#include "tests/app/qt_home.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

TEST_CASE("context: a file whose id is taken is told and hides no other of the user's") {
  const test::Product product;
  const QByteArray script = "design \"Small\" { asks = \"What is there?\", seed = 1 }\n";
  test::writeFile(product.path("product/designs/small.lua"), script);
  for (const char* id : {"small", "own"})
    test::writeFile(product.path(QString("home/designs/%1.lua").arg(id)), script);
  for (const char* id : {"add-two", "own-drill"})
    test::writeFile(product.path(QString("home/drills/%1.lua").arg(id)),
                    QByteArray(test::kDrill).replace("add-two", id));
  const auto context = product.open();
  CHECK(context->drills().find("own-drill"));
  CHECK(context->designs().find("own"));
  CHECK(context->drills().find("add-two")->path ==
        product.path("product/drills/warm-up/add-two.lua").toStdString());
  CHECK(context->designs().find("small")->path ==
        product.path("product/designs/small.lua").toStdString());
  REQUIRE(context->problems().size() == 2);
  CHECK(context->problems()[0].contains(product.path("home/drills/add-two.lua")));
  CHECK(context->problems()[1].contains(product.path("home/designs/small.lua")));
}

TEST_CASE(
    "context: a setting and a run that another program kept out hold, and are written by "
    "themselves") {
  const test::Product product;
  const auto context = product.open();
  QSignalSpy failed(context.get(), &present::AppContext::failed);
  const std::string path = context->home().database();
  auto other = *practice::Database::open(path);
  REQUIRE(other->write("lock", [&](SQLite::Database&) {
    context->setSetting("theme", "dark");
    context->recordDesignRun("small", {}, 7, true, 12);
    REQUIRE(failed.size() == 2);
    CHECK(failed[0][0].toString().contains("in use by another program"));
    CHECK(context->setting("theme", {}) == "dark");
  }));
  CHECK(practice::setting(*other, "theme")->value_or("") == "");
  REQUIRE(waitFor([&] { return failed.size() > 2 && failed.last()[0].toString().isEmpty(); }));
  CHECK(practice::setting(*other, "theme")->value_or("") == "\"dark\"");
  REQUIRE(practice::design_runs(*other)->size() == 1);
  CHECK(practice::design_runs(*other)->front().elapsed_s == 12);
}

TEST_CASE("context: what was kept out is written as the context ends") {
  const test::Product product;
  auto context = product.open();
  const std::string path = context->home().database();
  auto other = *practice::Database::open(path);
  REQUIRE(other->write("lock", [&](SQLite::Database&) { context->setSetting("theme", "dark"); }));
  context.reset();
  CHECK(practice::setting(*other, "theme")->value_or("") == "\"dark\"");
}
