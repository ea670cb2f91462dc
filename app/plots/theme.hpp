// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours and type of the whole product: one palette for each theme, from which the style
// sheet, the editor's lexers, the plots and the reports all take theirs.
//
// It lies in this room because plots and reports need it without a window. Text tokens keep a
// contrast of at least 4.5:1 on the backgrounds they are used on; a test computes it.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <array>

namespace rehearse::plots {

struct Theme {
  bool dark = false;
  QColor bg, surface, sunken, line, ink, muted, accent, onAccent;
  QColor ok, okSoft, bad, badSoft, warn;
  std::array<QColor, 4> series;
  // The editor: keywords, strings, comments, numbers.
  QColor codeKeyword, codeString, codeComment, codeNumber;
};

const Theme& lightTheme();
const Theme& darkTheme();
const Theme& themeNamed(const QString& name);  // "dark", anything else is light

// Pixel sizes of the type scale.
inline constexpr int kLabelPx = 12, kControlPx = 13, kTextPx = 14, kChapterPx = 15, kPagePx = 18,
                     kKeyPx = 21;

// Inter and JetBrains Mono, system faces if absent.
QFont textFont(int px, QFont::Weight weight = QFont::Normal);
QFont monoFont(int px, QFont::Weight weight = QFont::Normal);

// WCAG 2 contrast ratio of two opaque colours, 1 … 21.
double contrastRatio(const QColor& a, const QColor& b);

}  // namespace rehearse::plots
