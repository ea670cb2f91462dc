// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shortest edit script between two texts, line by line (Myers, "An O(ND) difference algorithm
// and its variations", 1986), for showing two attempts beside each other.
//
// Contract: kept lines form a longest common subsequence; removed lines of a change stand before
// those added. O((N+M)·D) time and O(D²) memory for D differing lines; past kMostDifferences the
// remainder is told as one change, so that pasted books cost no more than attempts do.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace rehearse::present {

struct DiffLine {
  enum class Kind { same, removed, added };
  Kind kind = Kind::same;
  int left = 0, right = 0;  // line numbers from 1; 0 where a side has no such line
  QString text;
};

inline constexpr int kMostDifferences = 2000;

std::vector<DiffLine> diffLines(const QStringList& left, const QStringList& right);
// A last line break ends a line and begins none.
std::vector<DiffLine> diffTexts(const QString& left, const QString& right);

// A row of two columns: what was changed stands beside what it became. Indices into the lines of
// the diff; -1 where a side is empty.
struct DiffRow {
  int left = -1, right = -1;
};
std::vector<DiffRow> sideBySide(const std::vector<DiffLine>& lines);

// "3 lines added, 1 removed"; "No line differs".
QString diffSummary(const std::vector<DiffLine>& lines);

}  // namespace rehearse::present
