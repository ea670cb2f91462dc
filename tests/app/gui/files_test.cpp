// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file dropped on the window: opened, asked, answered; and used in a design.
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QStackedWidget>
#include <catch2/catch.hpp>

#include "app/gui/document_view.hpp"
#include "app/gui/files_page.hpp"
#include "app/plots/figure_view.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

const char* kTraffic = R"(design "Traffic" { asks = "How many?", seed = 5 }
chapter "One" "Prose."
local log = source("impressions", simulate.impressions { users = 40, days = 3 }, { "time", "click" })
show.table { log, title = "Rows", see = "s" }
)";

struct Files : test::ShownWindow {
  gui::FilesPage* page = nullptr;
  Files() {
    test::writeFile(product.path("product/designs/traffic.lua"), kTraffic);
    show();
    page = window->findChild<gui::FilesPage*>();
    REQUIRE(page);
  }
  QString write(const char* name, const QByteArray& text) const {
    test::writeFile(product.path(name), text);
    return product.path(name);
  }
  void drop(const QStringList& paths) const {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths) urls.append(QUrl::fromLocalFile(path));
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window.get(), &enter);
    CHECK(enter.isAccepted());
    QDropEvent event(QPointF(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window.get(), &event);
  }
  QAbstractButton* button(const QString& text) const {
    for (auto* found : page->findChildren<QAbstractButton*>())
      if (found->text() == text && found->isVisible()) return found;
    return nullptr;
  }
  QComboBox* box(const QString& name) const {
    for (auto* found : page->findChildren<QComboBox*>())
      if (found->accessibleName() == name && found->isVisible()) return found;
    return nullptr;
  }
  bool says(const QString& words) const {
    for (const auto* label : page->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(words)) return true;
    return false;
  }
  void choose(QComboBox* list, const QString& words) const {
    REQUIRE(list);
    for (int i = 0; i < list->count(); ++i)
      if (list->itemText(i).contains(words)) {
        list->setCurrentIndex(i);
        emit list->activated(i);
        return;
      }
    FAIL(words.toStdString());
  }
};

QByteArray scoreRows() {
  QByteArray text = "platform,clicked,pctr\n";
  for (int i = 0; i < 400; ++i)
    text += QByteArray(i % 2 ? "web" : "ios") + (i % 10 == 0 ? ",1," : ",0,") + "0.2\n";
  return text;
}

}  // namespace

TEST_CASE(
    "files: a dropped table is recognised, guesses are shown, the answer stands in the window") {
  Files at;
  at.drop({at.write("scores.csv", scoreRows())});
  CHECK(at.window->findChild<QStackedWidget*>("pages")->currentWidget() == at.page);
  REQUIRE(waitFor([&] { return at.says("400 rows") && at.box("label"); }));
  CHECK(at.box("label")->currentText() == "clicked (guessed from its name)");
  CHECK(at.box("score")->currentData().toString() == "pctr");
  CHECK(at.says("were guessed"));
  CHECK_FALSE(at.button("Save report…"));
  at.button("Answer")->click();
  REQUIRE(waitFor([&] { return at.page->session()->answer() != nullptr; }));
  REQUIRE(test::settled(*at.context));
  CHECK(at.says("The scores promise too much."));
  CHECK(at.button("Save report…"));
  CHECK(at.page->findChild<gui::DocumentView*>()->findChildren<plots::FigureView*>().size() >= 3);
}

TEST_CASE("files: two tables dropped together are compared") {
  Files at;
  QByteArray other = scoreRows();
  other.replace("0.2\n", "0.7\n");
  at.drop({at.write("now.csv", scoreRows()), at.write("past.csv", other)});
  REQUIRE(waitFor([&] { return at.page->session()->otherName() == "past.csv"; }));
  at.choose(at.box("What to do with the file"), "moved");
  at.button("Answer")->click();
  REQUIRE(waitFor([&] { return at.says("Drift: now.csv against past.csv"); }));
}

TEST_CASE("files: columns of the second file are chosen from it, and choices outlive its arrival") {
  Files at;
  at.drop({at.write("events.csv", "user,at,seen\nu1,2026-01-02,2026-01-03\n")});
  REQUIRE(waitFor([&] { return at.says("1 rows"); }));
  at.choose(at.box("What to do with the file"), "Which values were known");
  REQUIRE(waitFor([&] { return at.box("feature time") != nullptr; }));
  CHECK(at.box("feature time")->count() == 1);  // nothing to choose from yet
  at.choose(at.box("event time"), "seen");
  at.page->session()->openOther(
      at.write("karma.csv", "user,updated,karma\nu1,2026-01-01,7\nu1,2026-01-04,9\n"));
  REQUIRE(waitFor([&] {
    const auto* second = at.box("feature time");
    return second && second->count() == 4;
  }));
  CHECK(at.box("feature time")->currentData().toString() == "updated");
  CHECK(at.box("event time")->currentData().toString() == "seen");
  at.button("Answer")->click();
  REQUIRE(waitFor([&] { return at.says("Join of karma.csv to events.csv"); }));
  CHECK(at.says("1 of 1 events found a feature row"));
}

TEST_CASE("files: a row that cannot be read is told, and may be left out") {
  Files at;
  at.drop({at.write("bad.csv", "label,score\n1,0.5\n1\n0,0.1\n")});
  REQUIRE(waitFor([&] { return at.button("Open it without the rows that cannot be read"); }));
  CHECK(at.says("bad.csv"));
  at.button("Open it without the rows that cannot be read")->click();
  REQUIRE(waitFor([&] { return at.says("2 rows"); }));
  CHECK(at.says("left out"));
}

TEST_CASE("files: with a design open the file can take the place of its source") {
  Files at;
  const QString path =
      at.write("mine.csv", "time,click,platform\n2026-01-01,1,web\n2026-01-02,0,ios\n");
  at.drop({path});
  REQUIRE(waitFor([&] { return at.says("2 rows"); }));
  CHECK(at.box("What to do with the file")->findText("Use it", Qt::MatchStartsWith) < 0);
  REQUIRE(at.window->openPage("design:traffic"));
  REQUIRE(test::settled(*at.context));
  REQUIRE(at.window->openPage("files"));
  at.choose(at.box("What to do with the file"), "Use it as impressions");
  at.button("Use it")->click();
  REQUIRE(waitFor([&] {
    for (const auto* figure : at.window->findChildren<plots::FigureView*>())
      if (figure->isVisible() && figure->figure().title == "Rows" &&
          figure->figure().data.rows() == 2)
        return true;
    return false;
  }));
}
