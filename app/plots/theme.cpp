// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/theme.hpp"

#include <cmath>

namespace rehearse::plots {
namespace {

Theme makeLight() {
  Theme t;
  t.dark = false;
  t.bg = "#F6F5F2", t.surface = "#FFFFFF", t.sunken = "#EFEDE8", t.line = "#DEDBD3";
  t.ink = "#1F1E1B", t.muted = "#66635B", t.accent = "#0B6BB8", t.onAccent = "#FFFFFF";
  t.ok = "#00734F", t.okSoft = "#E0F2EA", t.bad = "#B5440B", t.badSoft = "#FBE9DF",
  t.warn = "#8A6100";
  t.series = {QColor("#0072B2"), QColor("#D55E00"), QColor("#009E73"), QColor("#CC79A7")};
  t.codeKeyword = "#8A2BA8", t.codeString = "#00734F", t.codeComment = "#6B6860",
  t.codeNumber = "#B5440B";
  return t;
}

Theme makeDark() {
  Theme t;
  t.dark = true;
  t.bg = "#17181A", t.surface = "#1F2123", t.sunken = "#131415", t.line = "#34373A";
  t.ink = "#ECEAE4", t.muted = "#A9A69D", t.accent = "#5FB4F0", t.onAccent = "#0E1A24";
  t.ok = "#4CC79A", t.okSoft = "#17352B", t.bad = "#F0864A", t.badSoft = "#3B2418",
  t.warn = "#E3B34A";
  t.series = {QColor("#56B4E9"), QColor("#F0864A"), QColor("#4CC79A"), QColor("#DB9BC0")};
  t.codeKeyword = "#D19BE8", t.codeString = "#4CC79A", t.codeComment = "#9A978E",
  t.codeNumber = "#F0864A";
  return t;
}

double luminance(const QColor& c) {
  const auto linear = [](double v) {
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

QFont makeFont(const QStringList& families, int px, QFont::Weight weight) {
  QFont font;
  font.setFamilies(families);
  font.setPixelSize(px);
  font.setWeight(weight);
  return font;
}

}  // namespace

const Theme& lightTheme() {
  static const Theme theme = makeLight();
  return theme;
}

const Theme& darkTheme() {
  static const Theme theme = makeDark();
  return theme;
}

const Theme& themeNamed(const QString& name) { return name == "dark" ? darkTheme() : lightTheme(); }

QFont textFont(int px, QFont::Weight weight) {
  return makeFont({"Inter", "DejaVu Sans", "sans-serif"}, px, weight);
}

QFont monoFont(int px, QFont::Weight weight) {
  QFont font = makeFont({"JetBrains Mono", "DejaVu Sans Mono", "monospace"}, px, weight);
  font.setStyleHint(QFont::Monospace);
  font.setFixedPitch(true);
  return font;
}

double contrastRatio(const QColor& a, const QColor& b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace rehearse::plots
