// SPDX-License-Identifier: GPL-3.0-or-later
//
// A label of Markdown in the product's type, as tall as its text. Its ink follows no style sheet:
// after another theme was chosen, `dressMarkdown` puts it on.
#pragma once

#include <string>

#include "app/gui/style.hpp"

namespace rehearse::gui {

QLabel* markdownLabel(const std::string& markdown, const Theme& theme, QWidget* parent);
// All such labels below `root`.
void dressMarkdown(const QWidget& root, const Theme& theme);

}  // namespace rehearse::gui
