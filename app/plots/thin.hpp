// SPDX-License-Identifier: GPL-3.0-or-later
//
// A long line as it is seen: for each column of pixels the first, lowest, highest and last of its
// points, which draws the same picture as all of them. A million points are thinned in some
// milliseconds and drawn in a few, where drawing them all takes tens.
#pragma once

#include <QVector>

namespace rehearse::plots {

struct Thinned {
  QVector<double> x, y;
};

// Of x (never falling) between low and high, and one point beyond each end, so that the line leaves
// the plot as it should. A missing y (NaN) stays one gap. `log`: columns of equal width in log x.
Thinned thinned(const QVector<double>& x, const QVector<double>& y, double low, double high,
                int columns, bool log = false);

}  // namespace rehearse::plots
