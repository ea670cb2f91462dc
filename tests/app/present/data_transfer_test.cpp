// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/data_transfer.hpp"

#include <catch2/catch.hpp>

#include "tests/app/qt_home.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

struct Watched {
  QString done, failed;
  present::DataTransfer transfer;
  explicit Watched(present::AppContext& context) : transfer(context) {
    QObject::connect(&transfer, &present::DataTransfer::done,
                     [this](const QString& said) { done = said; });
    QObject::connect(&transfer, &present::DataTransfer::failed,
                     [this](const QString& said) { failed = said; });
  }
  bool over() {
    return waitFor([this] { return !done.isEmpty() || !failed.isEmpty(); });
  }
};

}  // namespace

TEST_CASE("data transfer: what is exported from one home is there after an import into another") {
  const test::Product from;
  const auto first = from.open();
  practice::Attempt attempt;
  attempt.drill = "add-two";
  attempt.verdict = "AC";
  REQUIRE(practice::add_attempt(first->database(), attempt));
  first->setSetting("theme", "dark");
  const QString path = from.path("all.json");
  Watched out(*first);
  out.transfer.exportTo(path);
  REQUIRE(out.over());
  CHECK(out.failed.isEmpty());
  REQUIRE(QFileInfo::exists(path));

  const test::Product to;
  const auto second = to.open();
  int recorded = 0;
  QStringList settings;
  QObject::connect(second.get(), &present::AppContext::recorded, [&] { ++recorded; });
  QObject::connect(second.get(), &present::AppContext::settingChanged,
                   [&](const QString& key) { settings.append(key); });
  Watched in(*second);
  in.transfer.importFrom(path);
  REQUIRE(in.over());
  CHECK(in.failed.isEmpty());
  CHECK(practice::all_attempts(second->database())->size() == 1);
  CHECK(second->setting("theme", {}) == "dark");
  CHECK(recorded == 1);
  CHECK(settings.contains("theme"));
}

TEST_CASE("data transfer: a backup is named with its place, and a wrong file with its fault") {
  const test::Product product;
  const auto context = product.open();
  Watched backup(*context);
  CHECK(backup.transfer.backupWords().startsWith("None yet"));
  backup.transfer.backUp();
  REQUIRE(backup.over());
  CHECK(backup.done.contains("backups"));
  CHECK(backup.transfer.backupWords().startsWith("The last one"));
  test::writeFile(product.path("wrong.json"), "{}");
  Watched wrong(*context);
  wrong.transfer.importFrom(product.path("wrong.json"));
  REQUIRE(wrong.over());
  CHECK(wrong.done.isEmpty());
  CHECK(wrong.failed.contains("wrong.json"));
}
