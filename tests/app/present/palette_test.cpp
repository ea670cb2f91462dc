// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/palette.hpp"

#include <catch2/catch.hpp>

using namespace rehearse::present;

namespace {

QStringList found(const QStringList& titles, const QString& typed) {
  QList<PaletteItem> items;
  for (const QString& title : titles) items.append({title, {}, {}});
  QStringList ranked;
  for (const qsizetype at : rankPalette(items, typed, 100)) ranked.append(titles[at]);
  return ranked;
}

}  // namespace

TEST_CASE("palette: letters fit in their order, not needfully side by side") {
  CHECK(fuzzyScore("hwin", "Hits in window"));
  CHECK(fuzzyScore("", "anything"));
  CHECK_FALSE(fuzzyScore("nwih", "Hits in"));
  CHECK_FALSE(fuzzyScore("x", ""));
  CHECK_FALSE(fuzzyScore("aa", "a"));
}

TEST_CASE("palette: starts of words go before letters in the middle") {
  CHECK(fuzzyScore("hw", "Hits in window") > fuzzyScore("it", "Hits in window"));
  CHECK(found({"Grow these", "Reset the window", "Theme"}, "t").first() == "Theme");
  CHECK(found({"Unrest", "Run the examples", "Return"}, "run").first() == "Run the examples");
}

TEST_CASE("palette: letters side by side go before letters apart") {
  CHECK(fuzzyScore("and", "xandx") > fuzzyScore("and", "xaxnxdx"));
}

TEST_CASE("palette: of all ways to place the letters the best counts") {
  // A first match from the left would take the `s` of "status" and miss the word "stress".
  CHECK(fuzzyScore("stress", "status stress") > fuzzyScore("stress", "statusxstress"));
}

TEST_CASE("palette: words come in any order, and each must fit") {
  CHECK(found({"Hits in window", "Window of sums"}, "window hits") ==
        QStringList{"Hits in window"});
  CHECK(found({"Hits in window"}, "window nothing").isEmpty());
}

TEST_CASE("palette: case and accents do not matter") {
  CHECK(found({"Thérèse"}, "THERESE") == QStringList{"Thérèse"});
}

TEST_CASE("palette: of equal fits the shorter title comes first, then the one that came first") {
  CHECK(found({"Merge intervals", "Merge"}, "merge").first() == "Merge");
  CHECK(found({"Merge b", "Merge a"}, "merge") == QStringList{"Merge b", "Merge a"});
}

TEST_CASE("palette: the title counts more than what it is") {
  const QList<PaletteItem> items = {{"Two sum", "Drill · heaps", {}}, {"Heaps", "Set", {}}};
  CHECK(rankPalette(items, "heaps", 10) == QList<qsizetype>{1, 0});
  CHECK(rankPalette(items, "drill heaps", 10) == QList<qsizetype>{0});
}

TEST_CASE("palette: an item is found by words that are not shown") {
  const QList<PaletteItem> items = {{"The best k hours", "Drill", {}, "largest-window-sum"}};
  CHECK(rankPalette(items, "window sum", 10).size() == 1);
  CHECK(rankPalette(items, "window max", 10).isEmpty());
}

TEST_CASE("palette: nothing typed is everything as it comes, up to as many as are shown") {
  CHECK(found({"B", "A longer one", "C"}, "  ") == QStringList{"B", "A longer one", "C"});
  CHECK(rankPalette({{"a", {}, {}}, {"b", {}, {}}}, "", 1) == QList<qsizetype>{0});
}
