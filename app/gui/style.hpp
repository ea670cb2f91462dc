// SPDX-License-Identifier: GPL-3.0-or-later
//
// The style sheet of the window and its icons, made from the palette (app/plots/theme.hpp). Object
// names carry meaning: `primary` the one accent button of a page, `card` a surface with a hairline,
// `muted` secondary text, `chip` a small label, `verdictOk`, `verdictBad` result cards, `mono`
// code and numbers, `page` a page title, `chapter` a chapter title, `bar` the top bar of a page.
#pragma once

#include <QIcon>
#include <QString>

class QLabel;
class QWidget;

#include "app/plots/theme.hpp"

namespace rehearse::gui {

using plots::Theme;

QString styleSheet(const Theme& theme);

// A label of plain text that wraps, with an object name of the style sheet.
QLabel* label(const QString& text, const char* name, QWidget* parent);
// The same, and its text can be selected and copied.
QLabel* selectableLabel(const QString& text, const char* name, QWidget* parent);
// The small words before or above a field, which they name.
QLabel* captionOf(const QString& text, QWidget* field, QWidget* parent);

// A drawn icon in the given colour, at any scale. Names: those of icons/.
QIcon icon(const QString& name, const QColor& colour);

}  // namespace rehearse::gui
