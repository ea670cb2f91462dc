// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/run_comparison.hpp"

#include <QObject>
#include <cmath>
#include <limits>

#include "app/present/figure_numbers.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

Figure tableOf(const QString& title, Frame::Builder builder) {
  Figure figure;
  figure.title = utf8(title);
  if (auto frame = std::move(builder).build()) figure.data = *std::move(frame);
  return figure;
}

}  // namespace

Figure madeWith(const ComparedRun& a, const ComparedRun& b) {
  std::vector<std::string> names, left, right;
  for (const plan::Knob& mine : a.made.knobs)
    for (const plan::Knob& theirs : b.made.knobs) {
      if (mine.name != theirs.name || mine.value == theirs.value) continue;
      names.push_back(mine.name);
      left.push_back(utf8(knobText(mine, mine.value)));
      right.push_back(utf8(knobText(theirs, theirs.value)));
    }
  if (a.made.seed != b.made.seed) {
    names.push_back(utf8(QObject::tr("seed")));
    left.push_back(std::to_string(a.made.seed));
    right.push_back(std::to_string(b.made.seed));
  }
  Frame::Builder builder;
  builder.add(utf8(QObject::tr("knob")), names).add("A", left).add("B", right);
  return tableOf(QObject::tr("What differs"), std::move(builder));
}

Figure numbersOf(const ComparedRun& a, const ComparedRun& b) {
  std::vector<std::string> names, where;
  std::vector<double> left, right, difference;
  for (std::size_t view = 0; view < std::min(a.figures.size(), b.figures.size()); ++view) {
    const auto mine = numbersIn(a.figures[view]), theirs = numbersIn(b.figures[view]);
    for (std::size_t i = 0; i < mine.size(); ++i) {
      const bool same = i < theirs.size() && theirs[i].name == mine[i].name;
      names.push_back(mine[i].name);
      where.push_back(a.figures[view].title);
      left.push_back(mine[i].value);
      right.push_back(same ? theirs[i].value : std::numeric_limits<double>::quiet_NaN());
      difference.push_back(right.back() - left.back());
    }
  }
  Frame::Builder builder;
  builder.add(utf8(QObject::tr("number")), names)
      .add("A", std::move(left))
      .add("B", std::move(right))
      .add(utf8(QObject::tr("B − A")), std::move(difference))
      .add(utf8(QObject::tr("in")), where);
  return tableOf(QObject::tr("Numbers"), std::move(builder));
}

}  // namespace rehearse::present
