// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/app_context.hpp"

#include <catch2/catch.hpp>

#include "tests/app/qt_home.hpp"

using namespace rehearse;

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
