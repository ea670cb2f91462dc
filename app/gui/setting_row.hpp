// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the cards of the Settings page are laid out: a chapter title, then rows of a title over a
// sentence with the control at the right.
#pragma once

#include <QString>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;
class QWidget;

namespace rehearse::gui {

// Dresses `card` and gives it its title and the column to fill.
QVBoxLayout* settingColumn(const QString& title, QWidget* card);

QHBoxLayout* settingRow(const QString& title, QLabel* sentence, QWidget* control, QWidget* card);
QHBoxLayout* settingRow(const QString& title, const QString& sentence, QWidget* control,
                        QWidget* card);

}  // namespace rehearse::gui
