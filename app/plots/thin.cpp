// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/thin.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace rehearse::plots {
namespace {

// The points of one column that are drawn.
class PixelColumn {
 public:
  PixelColumn(const QVector<double>& x, const QVector<double>& y, Thinned& out)
      : m_x(x), m_y(y), m_out(out) {}

  void add(qsizetype i) {
    if (m_first < 0) m_first = m_low = m_high = i;
    if (m_y[i] < m_y[m_low]) m_low = i;
    if (m_y[i] > m_y[m_high]) m_high = i;
    m_last = i;
  }
  void flush() {
    if (m_first < 0) return;
    std::array<qsizetype, 4> kept = {m_first, std::min(m_low, m_high), std::max(m_low, m_high),
                                     m_last};
    qsizetype before = -1;
    for (const qsizetype i : kept)
      if (i != std::exchange(before, i)) put(i);
    m_first = -1;
  }
  void put(qsizetype i) {
    m_out.x.append(m_x[i]);
    m_out.y.append(m_y[i]);
  }

 private:
  const QVector<double>&m_x, &m_y;
  Thinned& m_out;
  qsizetype m_first = -1, m_low = 0, m_high = 0, m_last = 0;
};

double edgeOf(double low, double high, int column, int columns, bool log) {
  const double part = static_cast<double>(column) / columns;
  return log ? low * std::pow(high / low, part) : low + part * (high - low);
}

}  // namespace

Thinned thinned(const QVector<double>& x, const QVector<double>& y, double low, double high,
                int columns, bool log) {
  Thinned out;
  const auto first = std::lower_bound(x.begin(), x.end(), low),
             last = std::upper_bound(first, x.end(), high);
  const qsizetype begin = std::max<qsizetype>(0, (first - x.begin()) - 1),
                  end = std::min<qsizetype>(x.size(), (last - x.begin()) + 1);
  if (end - begin <= 4 * static_cast<qsizetype>(columns) || columns < 1 || (log && low <= 0))
    return {x.mid(begin, end - begin), y.mid(begin, end - begin)};
  out.x.reserve(4 * columns + 8);
  out.y.reserve(4 * columns + 8);
  PixelColumn pixels(x, y, out);
  int column = 0;
  double edge = edgeOf(low, high, 1, columns, log);
  bool gap = false;
  for (qsizetype i = begin; i < end; ++i) {
    while (x[i] >= edge) {
      pixels.flush();
      edge = ++column < columns ? edgeOf(low, high, column + 1, columns, log)
                                : std::numeric_limits<double>::infinity();
    }
    if (std::isfinite(y[i])) {
      pixels.add(i);
      gap = false;
    } else if (!std::exchange(gap, true)) {
      pixels.flush();
      pixels.put(i);
    }
  }
  pixels.flush();
  return out;
}

}  // namespace rehearse::plots
