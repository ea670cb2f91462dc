// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/number_text.hpp"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "engine/base/name_words.hpp"
#include "engine/base/number_words.hpp"

namespace rehearse::plots {
namespace {

constexpr int kMostPlaces = 6;
constexpr double kLargestPlain = 1e12, kSpread = 1000;

bool isFraction(const Column& column) {
  return column.type() == Type::float64 || column.type() == Type::float32;
}

int magnitude(double value) { return static_cast<int>(std::floor(std::log10(std::abs(value)))); }

// Whether so many places say all of every number, so that a further one would be a 0.
bool allWritten(const Column& column, int places) {
  const double scale = std::pow(10, places);
  for (std::size_t row = 0; row < column.size(); ++row) {
    const double value = column.missing(row) ? 0 : column.number(row) * scale;
    if (std::isfinite(value) && std::abs(value - std::round(value)) > 1e-9 * std::abs(value))
      return false;
  }
  return true;
}

QString written(double value, int places, int digits) {
  if (value == 0) return QStringLiteral("0");
  if (places <= 0 && std::abs(value) < kLargestPlain && value == std::floor(value))
    return QString::fromStdString(whole_words(value));
  const int alone = std::clamp(digits - 1 - magnitude(value), 0, kMostPlaces);
  // Two digits at the least: what is written as 0 is 0.
  if (magnitude(value) < 1 - (places < 0 ? alone : places))
    return QString::number(value, 'g', places < 0 ? digits : 2);
  if (places >= 0) return QString::number(value, 'f', places);
  return alone == 0 ? QString::fromStdString(whole_words(std::round(value)))
                    : QString::number(value, 'f', alone);
}

}  // namespace

int cellDigits(const Figure& figure) { return figure.options.value("digits", kCellDigits); }

int placesOf(const Column& column, int digits) {
  if (!isFraction(column)) return 0;
  double least = INFINITY, greatest = 0;
  bool whole = true;
  for (std::size_t row = 0; row < column.size(); ++row) {
    const double value = column.missing(row) ? std::nan("") : std::abs(column.number(row));
    if (!std::isfinite(value) || value == 0) continue;
    least = std::min(least, value), greatest = std::max(greatest, value);
    whole = whole && value == std::floor(value);
  }
  if (greatest == 0 || (whole && greatest < kLargestPlain)) return 0;
  if (greatest > kSpread * least || greatest >= kLargestPlain) return -1;
  int places = std::clamp(digits - 1 - magnitude(greatest), 0, kMostPlaces);
  while (places > 0 && allWritten(column, places - 1)) --places;
  return places;
}

QString cellText(const Column& column, std::size_t row, int places, int digits) {
  if (column.missing(row) || (isFraction(column) && std::isnan(column.number(row))))
    return QStringLiteral("–");
  if (isFraction(column)) return written(column.number(row), places, digits);
  if (column.type() == Type::int64 || column.type() == Type::int32)
    return QString::fromStdString(whole_words(column.number(row)));
  return QString::fromStdString(column.cell(row));
}

QString plainWords(const std::string& text) {
  const QString bare = QString::fromStdString(text).remove('`');
  return QString::fromStdString(spaced_names(bare.toStdString()));
}

QString keyNumber(double value, const QString& unit) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  if (unit == "%") return QString::number(value * 100, 'f', std::abs(value) < 0.1 ? 2 : 1) + "%";
  if (value == std::floor(value) && std::abs(value) >= 1000)
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(value));
  return QString::number(value, 'g', 4);
}

}  // namespace rehearse::plots
