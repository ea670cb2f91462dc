// SPDX-License-Identifier: GPL-3.0-or-later
//
// A figure to a file: PNG (2× pixels) and SVG of its plot, CSV of its data.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

#include "app/plots/theme.hpp"
#include "engine/base/document.hpp"

class QCustomPlot;

namespace rehearse::plots {

// `plot` may be null for kinds without axes: PNG and SVG are then refused with a sentence.
// Written whole or not at all. Errors: unknown ending, no plot, the machine's reason.
Result<void> exportFigure(const Figure& figure, QCustomPlot* plot, const QString& path);

// The plot of a figure in the given size (pixels), or as tall as it asks to be, drawn offscreen;
// empty for kinds without axes.
QByteArray renderSvg(const Figure& figure, const Theme& theme, int width, int height);
QByteArray renderPng(const Figure& figure, const Theme& theme, int width, int height, double scale);

// A plot small enough for a list: its lines and cells without words and axes. Empty likewise.
QByteArray renderThumbnail(const Figure& figure, const Theme& theme, int width, int height,
                           double scale);
// The plot as it is seen, at 2× pixels, for the clipboard.
QImage pictureOf(QCustomPlot& plot);

}  // namespace rehearse::plots
