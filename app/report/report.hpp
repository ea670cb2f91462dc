// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Document as a file: HTML (one file, plots as inline SVG, the data of each plot in a table that
// folds open), PDF (A4), or its first plot as PNG or SVG. Works offscreen.
#pragma once

#include <QByteArray>
#include <QString>

#include "engine/base/document.hpp"

namespace rehearse::report {

// By the ending of `path`. Written whole or not at all. Errors: unknown ending, PNG or SVG of a
// document without a plot, the machine's reason.
Result<void> writeReport(const Document& document, const QString& path);

// Paper has no room to scroll sideways and no folded tables: a wide table goes on below itself.
enum class Medium { screen, paper };
QString toHtml(const Document& document, Medium medium = Medium::screen);

}  // namespace rehearse::report
