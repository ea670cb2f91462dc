// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/text_diff.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace rehearse::present;
using Kind = DiffLine::Kind;

namespace {

// The textbook recurrence.
int longestCommonSubsequence(const QStringList& a, const QStringList& b) {
  std::vector<std::vector<int>> best(static_cast<std::size_t>(a.size() + 1),
                                     std::vector<int>(static_cast<std::size_t>(b.size() + 1), 0));
  for (int i = 0; i < a.size(); ++i)
    for (int j = 0; j < b.size(); ++j) {
      const auto x = static_cast<std::size_t>(i), y = static_cast<std::size_t>(j);
      best[x + 1][y + 1] = a[i] == b[j] ? best[x][y] + 1 : std::max(best[x][y + 1], best[x + 1][y]);
    }
  return best.back().back();
}

void checkDiff(const QStringList& a, const QStringList& b) {
  INFO(a.join(' ').toStdString() << " / " << b.join(' ').toStdString());
  const auto lines = diffLines(a, b);
  QStringList left, right;
  int same = 0;
  for (const DiffLine& line : lines) {
    if (line.kind != Kind::added) left.append(line.text);
    if (line.kind != Kind::added) REQUIRE(line.left == left.size());
    if (line.kind != Kind::removed) right.append(line.text);
    if (line.kind != Kind::removed) REQUIRE(line.right == right.size());
    same += line.kind == Kind::same;
  }
  REQUIRE(left == a);
  REQUIRE(right == b);
  REQUIRE(same == longestCommonSubsequence(a, b));
  for (std::size_t i = 1; i < lines.size(); ++i)
    REQUIRE_FALSE((lines[i - 1].kind == Kind::added && lines[i].kind == Kind::removed));
}

}  // namespace

TEST_CASE("diff: both texts can be read off it, and it keeps as many lines as can be kept") {
  checkDiff({}, {});
  checkDiff({"a"}, {});
  checkDiff({}, {"a", "b"});
  checkDiff({"a", "b", "c", "a", "b", "b", "a"}, {"c", "b", "a", "b", "a", "c"});  // of the paper
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    QStringList sides[2];
    const int letters = 1 + static_cast<int>(random() % 4);
    for (QStringList& side : sides)
      for (auto n = random() % 12; n > 0; --n)
        side.append(
            QString(QChar('a' + static_cast<int>(random() % static_cast<unsigned>(letters)))));
    checkDiff(sides[0], sides[1]);
  }
}

TEST_CASE("diff: the last line break ends a line and begins none") {
  CHECK(diffTexts("a\nb\n", "a\nb").size() == 2);
  CHECK(diffTexts("", "a\n").size() == 1);
  CHECK(diffTexts("a\n\n", "a\n").size() == 2);
}

TEST_CASE("diff: what was changed stands beside what it became") {
  const auto lines = diffTexts("one\ntwo\nthree\nfour", "one\n2\n3\n3a\nfour");
  const auto rows = sideBySide(lines);
  REQUIRE(rows.size() == 5);
  const auto text = [&](int at) {
    return at < 0 ? QString("-") : lines[static_cast<std::size_t>(at)].text;
  };
  CHECK(text(rows[1].left) == "two");
  CHECK(text(rows[1].right) == "2");
  CHECK(text(rows[3].left) == "-");
  CHECK(text(rows[3].right) == "3a");
  CHECK(rows[4].left == rows[4].right);
}

TEST_CASE("diff: its summary counts lines in words") {
  CHECK(diffSummary(diffTexts("a", "a")) == "No line differs.");
  CHECK(diffSummary(diffTexts("a", "a\nb")) == "1 line added.");
  CHECK(diffSummary(diffTexts("a\nb\nc", "a")) == "2 lines removed.");
  CHECK(diffSummary(diffTexts("a\nb", "a\nc\nd")) == "2 lines added, 1 line removed.");
}

TEST_CASE("diff: texts that share nothing and are long are told as one change") {
  QStringList a, b;
  for (int i = 0; i < 3000; ++i) a.append(QString("a%1").arg(i)), b.append(QString("b%1").arg(i));
  CHECK(diffLines(a, b).size() == 6000);
}
