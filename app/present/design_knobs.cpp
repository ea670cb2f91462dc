// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/design_knobs.hpp"

#include <QObject>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "app/present/qt_text.hpp"
#include "engine/base/number_words.hpp"

namespace rehearse::present {
namespace {

const plan::Knob* namesake(const RunKnobs& run, const std::string& name) {
  for (const plan::Knob& knob : run.knobs)
    if (knob.name == name) return &knob;
  return nullptr;
}

QString told(const plan::Knob& knob, bool brief) {
  switch (knob.kind) {
    case plan::Knob::Kind::choice: return knobText(knob, knob.value);
    case plan::Knob::Kind::toggle:
      return knob.value == plan::Value(true) ? qs(knob.name)
                                             : QObject::tr("no %1").arg(qs(knob.name));
    case plan::Knob::Kind::slider: break;
  }
  const QString value = knobText(knob, knob.value);
  return brief ? value : QObject::tr("%1 %2").arg(qs(knob.name), value);
}

}  // namespace

QString knobText(const plan::Knob& knob, double value) {
  const QString unit = qs(knob.unit);
  if (unit == "%") return QString::number(value * 100, 'g', 3) + "%";
  const QString number = value == std::floor(value) && std::abs(value) < 1e9
                             ? qs(whole_words(value))
                             : QString::number(value, 'g', 3);
  return unit.isEmpty() ? number : number + " " + unit;
}

QString knobText(const plan::Knob& knob, const plan::Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return knobText(knob, *real);
  if (const auto* whole = std::get_if<std::int64_t>(&value))
    return knobText(knob, static_cast<double>(*whole));
  if (const auto* on = std::get_if<bool>(&value))
    return *on ? QObject::tr("on") : QObject::tr("off");
  return qs(plan::to_text(value));
}

QString whatDiffers(const RunKnobs& run, const std::vector<const RunKnobs*>& others, bool brief) {
  QStringList words;
  for (const plan::Knob& knob : run.knobs) {
    const bool differs = std::any_of(others.begin(), others.end(), [&](const RunKnobs* other) {
      const plan::Knob* theirs = namesake(*other, knob.name);
      return !theirs || theirs->value != knob.value;
    });
    if (differs) words.append(told(knob, brief));
  }
  if (std::any_of(others.begin(), others.end(),
                  [&](const RunKnobs* other) { return other->seed != run.seed; }))
    words.append(QObject::tr("seed %1").arg(run.seed));
  return words.join(", ");
}

}  // namespace rehearse::present
