// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/file_session.hpp"

#include <catch2/catch.hpp>

#include "tests/app/qt_home.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

struct OpenFile {
  QTemporaryDir folder;
  present::FileSession session;
  QString error;
  bool badRow = false, opened = false;
  OpenFile() {
    QObject::connect(&session, &present::FileSession::opened, &session, [this] { opened = true; });
    QObject::connect(&session, &present::FileSession::failed, &session,
                     [this](const QString& message, bool bad) { error = message, badRow = bad; });
  }
  QString write(const char* name, const QByteArray& text) const {
    test::writeFile(folder.filePath(name), text);
    return folder.filePath(name);
  }
  void open(const QString& path, bool skip = false) {
    opened = badRow = false;
    error.clear();
    session.open(path, skip);
    REQUIRE(waitFor([this] { return opened || !error.isEmpty(); }));
  }
};

QByteArray scores() {
  QByteArray text = "device,label,score\n";
  for (int i = 0; i < 400; ++i)
    text += QByteArray(i % 2 ? "web" : "ios") + (i % 10 == 0 ? ",1," : ",0,") + "0.1\n";
  return text;
}

}  // namespace

TEST_CASE("file session: reads a table, tells its columns and answers a question") {
  OpenFile at;
  at.open(at.write("scores.csv", scores()));
  REQUIRE(at.session.isOpen());
  const Frame columns = at.session.columns();
  REQUIRE(columns.rows() == 3);
  CHECK(columns.find("column")->cell(0) == "device");
  CHECK(columns.find("type")->cell(0) == "text");
  CHECK(columns.find("first_value")->cell(0) == "ios");
  const analysis::Analysis* calibration = analysis::find("calibration");
  REQUIRE(calibration);
  at.session.ask(*calibration, at.session.guesses(*calibration));
  REQUIRE(waitFor([&] { return at.session.answer() || !at.error.isEmpty(); }));
  CHECK(at.error.toStdString() == "");
  CHECK(at.session.answer()->title == "Calibration of scores.csv");
  // Another file takes the answer away.
  at.open(at.write("other.csv", scores()));
  CHECK_FALSE(at.session.answer());
}

TEST_CASE("file session: a bad row is refused with its line, or left out and counted") {
  OpenFile at;
  const QString path = at.write("bad.csv", "label,score\n1,0.5\n1\n0,0.25\n");
  at.open(path);
  CHECK(at.error.contains("3"));
  CHECK(at.badRow);
  CHECK_FALSE(at.session.isOpen());
  at.open(path, true);
  REQUIRE(at.session.isOpen());
  CHECK(at.session.table().rows() == 2);
  CHECK(at.session.note().contains("1 rows"));
}

TEST_CASE("file session: a file that is not there keeps the one that is open") {
  OpenFile at;
  at.open(at.write("scores.csv", scores()));
  at.open(at.folder.filePath("nowhere.csv"));
  CHECK(at.error.contains("nowhere.csv"));
  CHECK_FALSE(at.badRow);
  CHECK(at.session.isOpen());
  CHECK(at.session.name() == "scores.csv");
}

TEST_CASE("file session: what is not chosen is asked for") {
  OpenFile at;
  at.open(at.write("scores.csv", scores()));
  at.session.ask(*analysis::find("drift"), {{"bins", "10"}});
  REQUIRE(waitFor([&] { return !at.error.isEmpty(); }));
  CHECK(at.error.contains("second file"));
}
