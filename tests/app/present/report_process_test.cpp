// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/report_process.hpp"

#include <QDir>
#include <QTemporaryDir>
#include <optional>

#include "tests/app/qt_home.hpp"

using namespace rehearse;
using Catch::Matchers::Contains;

namespace {

const Document kDocument{"A report", "", {Heading{2, "Only a heading"}}};

Result<void> rendered(const QString& path) {
  QObject receiver;
  std::optional<Result<void>> outcome;
  int turns = 0;
  present::renderReport(kDocument, path, &receiver,
                        [&](const Result<void>& written) { outcome = written; });
  CHECK_FALSE(outcome);  // it does not wait for the renderer
  REQUIRE(test::waitFor([&] { return ++turns, outcome.has_value(); }));
  CHECK(turns > 1);
  return *outcome;
}

}  // namespace

TEST_CASE("report process: the report is written while the event loop goes on") {
  const QTemporaryDir folder;
  const QString path = folder.filePath("a b.html");
  const auto written = rendered(path);
  INFO((written ? "" : written.error().message));
  REQUIRE(written);
  QFile file(path);
  REQUIRE(file.open(QIODevice::ReadOnly));
  CHECK(file.readAll().contains("Only a heading"));
}

TEST_CASE("report process: what the renderer says against it is passed on") {
  const QTemporaryDir folder;
  const auto written = rendered(folder.filePath("a.docx"));
  REQUIRE_FALSE(written);
  CHECK_THAT(written.error().message, Contains("a.docx") && Contains(".html"));
  const auto nowhere = rendered(folder.filePath("none/a.html"));
  REQUIRE_FALSE(nowhere);
  CHECK_THAT(nowhere.error().message, Contains("none/a.html"));
  CHECK(QDir(folder.path()).isEmpty());
}

TEST_CASE("report process: a receiver that goes away is not called") {
  const QTemporaryDir folder;
  bool called = false;
  {
    QObject receiver;
    present::renderReport(kDocument, folder.filePath("a.html"), &receiver,
                          [&](const Result<void>&) { called = true; });
  }
  QCoreApplication::processEvents();
  CHECK_FALSE(called);
}
