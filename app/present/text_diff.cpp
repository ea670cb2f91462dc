// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/text_diff.hpp"

#include <QObject>
#include <algorithm>

namespace rehearse::present {
namespace {

using LineKind = DiffLine::Kind;

// The furthest reaching x on each diagonal k = x - y, of one number of differences.
class Frontier {
 public:
  explicit Frontier(int reach) : m_reach(reach), m_x(static_cast<std::size_t>(2 * reach + 3), 0) {}
  int& at(int diagonal) { return m_x[static_cast<std::size_t>(diagonal + m_reach + 1)]; }
  int at(int diagonal) const { return m_x[static_cast<std::size_t>(diagonal + m_reach + 1)]; }

 private:
  int m_reach;
  std::vector<int> m_x;
};

bool goesDown(const Frontier& before, int diagonal, int differences) {
  return diagonal == -differences ||
         (diagonal != differences && before.at(diagonal - 1) < before.at(diagonal + 1));
}

// The frontiers before each number of differences, until both ends are reached; empty when that
// takes more than kMostDifferences.
std::vector<Frontier> trace(const QStringList& a, const QStringList& b) {
  const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size());
  std::vector<Frontier> history;
  Frontier now(0);
  for (int d = 0; d <= std::min(n + m, kMostDifferences); ++d) {
    Frontier next(d + 1);
    for (int k = -d + 1; d > 0 && k <= d - 1; ++k) next.at(k) = now.at(k);
    history.push_back(next);
    for (int k = -d; k <= d; k += 2) {
      int x = d == 0                           ? 0
              : goesDown(history.back(), k, d) ? history.back().at(k + 1)
                                               : history.back().at(k - 1) + 1;
      int y = x - k;
      while (x < n && y < m && a[x] == b[y]) ++x, ++y;
      next.at(k) = x;
      if (x >= n && y >= m) return history;
    }
    now = next;
  }
  return {};
}

std::vector<DiffLine> wholly(const QStringList& a, const QStringList& b) {
  std::vector<DiffLine> lines;
  for (int i = 0; i < a.size(); ++i) lines.push_back({LineKind::removed, i + 1, 0, a[i]});
  for (int i = 0; i < b.size(); ++i) lines.push_back({LineKind::added, 0, i + 1, b[i]});
  return lines;
}

// Within a change, what was removed before what was added.
void order(std::vector<DiffLine>& lines) {
  const auto changed = [](const DiffLine& line) { return line.kind != LineKind::same; };
  for (auto from = lines.begin(); from != lines.end();) {
    from = std::find_if(from, lines.end(), changed);
    const auto to = std::find_if_not(from, lines.end(), changed);
    std::stable_partition(from, to,
                          [](const DiffLine& line) { return line.kind == LineKind::removed; });
    from = to;
  }
}

QStringList linesOf(const QString& text) {
  QStringList lines = text.split('\n');
  if (lines.last().isEmpty()) lines.removeLast();
  return lines;
}

}  // namespace

std::vector<DiffLine> diffLines(const QStringList& a, const QStringList& b) {
  const std::vector<Frontier> history = trace(a, b);
  if (history.empty()) return wholly(a, b);
  std::vector<DiffLine> lines;
  int x = static_cast<int>(a.size()), y = static_cast<int>(b.size());
  const auto keep = [&](int toX, int toY) {
    while (x > toX && y > toY) {
      lines.push_back({LineKind::same, x, y, a[x - 1]});
      --x, --y;
    }
  };
  for (int d = static_cast<int>(history.size()) - 1; d > 0; --d) {
    const Frontier& before = history[static_cast<std::size_t>(d)];
    const int k = x - y;
    const bool down = goesDown(before, k, d);
    const int fromX = before.at(down ? k + 1 : k - 1), fromY = fromX - (down ? k + 1 : k - 1);
    keep(down ? fromX : fromX + 1, down ? fromY + 1 : fromY);
    if (down)
      lines.push_back({LineKind::added, 0, y, b[y - 1]}), --y;
    else
      lines.push_back({LineKind::removed, x, 0, a[x - 1]}), --x;
  }
  keep(0, 0);
  std::reverse(lines.begin(), lines.end());
  order(lines);
  return lines;
}

std::vector<DiffLine> diffTexts(const QString& left, const QString& right) {
  return diffLines(linesOf(left), linesOf(right));
}

std::vector<DiffRow> sideBySide(const std::vector<DiffLine>& lines) {
  std::vector<DiffRow> rows;
  for (std::size_t i = 0; i < lines.size();) {
    if (lines[i].kind == LineKind::same) {
      rows.push_back({static_cast<int>(i), static_cast<int>(i)});
      ++i;
      continue;
    }
    std::size_t removed = i, added = i;
    while (added < lines.size() && lines[added].kind == LineKind::removed) ++added;
    const std::size_t middle = added;
    while (added < lines.size() && lines[added].kind == LineKind::added) ++added;
    for (std::size_t right = middle; removed < middle || right < added; ++removed, ++right)
      rows.push_back({removed < middle ? static_cast<int>(removed) : -1,
                      right < added ? static_cast<int>(right) : -1});
    i = added;
  }
  return rows;
}

QString diffSummary(const std::vector<DiffLine>& lines) {
  const auto count = [&](LineKind kind) {
    return std::count_if(lines.begin(), lines.end(),
                         [kind](const DiffLine& line) { return line.kind == kind; });
  };
  const auto added = count(LineKind::added), removed = count(LineKind::removed);
  if (added + removed == 0) return QObject::tr("No line differs.");
  const auto counted = [](qint64 n) {
    return n == 1 ? QObject::tr("1 line") : QObject::tr("%1 lines").arg(n);
  };
  if (removed == 0) return QObject::tr("%1 added.").arg(counted(added));
  if (added == 0) return QObject::tr("%1 removed.").arg(counted(removed));
  return QObject::tr("%1 added, %2 removed.").arg(counted(added), counted(removed));
}

}  // namespace rehearse::present
