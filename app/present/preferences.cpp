// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/preferences.hpp"

#include <QDate>
#include <QObject>
#include <algorithm>

#include "app/present/app_context.hpp"

namespace rehearse::present {
namespace {

using Kind = Preference::Kind;

Preference choice(const char* key, const QString& section, const QString& title,
                  const QString& sentence, const QList<PreferenceChoice>& choices) {
  return {key, Kind::choice, section, title, sentence, choices.first().value, choices, 0, 0, {}};
}

Preference toggle(const char* key, const QString& section, const QString& title,
                  const QString& sentence, bool on) {
  return {key, Kind::toggle, section, title, sentence, on ? "on" : "off", {}, 0, 0, {}};
}

struct NumberRange {
  int otherwise, least, most;
};

Preference number(const char* key, const QString& section, const QString& title,
                  const QString& sentence, const NumberRange& range, const QString& unit) {
  return {key, Kind::number, section,    title, sentence, QString::number(range.otherwise),
          {},  range.least,  range.most, unit};
}

QList<Preference> ofTheWindow() {
  const QString section = QObject::tr("Look");
  return {choice("theme", section, QObject::tr("Theme"),
                 QObject::tr("Light, dark, or as the desktop has it. Ctrl+T switches."),
                 {{"light", QObject::tr("Light")},
                  {"dark", QObject::tr("Dark")},
                  {"system", QObject::tr("As the system")}})};
}

QList<Preference> ofTheEditor() {
  const QString section = QObject::tr("Editor");
  return {number("editor.zoom", section, QObject::tr("Text size"),
                 QObject::tr("Points added to the editor's text; Ctrl++ and Ctrl+− do the same."),
                 {0, -4, 16}, QObject::tr("points")),
          toggle("editor.vim", section, QObject::tr("Vim keys"),
                 QObject::tr("The editor starts in normal mode and takes the keys of Vim."), false),
          toggle("editor.completion", section, QObject::tr("Completion"),
                 QObject::tr("Offers the names of the language's standard library as you type."),
                 true)};
}

QList<Preference> ofPractice() {
  const QString section = QObject::tr("Practice");
  return {
      choice("solve.clock", section, QObject::tr("Clock"),
             QObject::tr("At zero the draft is submitted. Practice: it can be paused, pauses are "
                         "kept, and it runs on after zero. Timed: no pauses, and zero is the end."),
             {{"practice", QObject::tr("Practice")}, {"timed", QObject::tr("Timed")}}),
      toggle("solve.ask_probability", section, QObject::tr("Ask how sure you are"),
             QObject::tr("Before each submission you state the probability that it is accepted; "
                         "Progress shows how well you know yourself."),
             true),
      number("study.reviews_per_day", section, QObject::tr("Reviews a day"),
             QObject::tr("At most so many cards come back in a day; the rest wait, those most at "
                         "risk of being forgotten first."),
             {60, 0, 500}, QObject::tr("cards")),
      number("study.new_per_day", section, QObject::tr("New cards a day"),
             QObject::tr("At most so many cards are met for the first time in a day."),
             {10, 0, 100}, QObject::tr("cards")),
      Preference{"interview_date",
                 Kind::date,
                 section,
                 QObject::tr("Interview"),
                 QObject::tr("Its date; the countdown stands at the foot of the rail."),
                 {},
                 {},
                 0,
                 0,
                 {}}};
}

bool allowed(const Preference& preference, const QString& value) {
  switch (preference.kind) {
    case Kind::toggle: return value == "on" || value == "off";
    case Kind::choice:
      return std::any_of(preference.choices.begin(), preference.choices.end(),
                         [&](const PreferenceChoice& one) { return one.value == value; });
    case Kind::number: {
      bool whole = false;
      const int number = value.toInt(&whole);
      return whole && number >= preference.least && number <= preference.most;
    }
    case Kind::date: return value.isEmpty() || QDate::fromString(value, Qt::ISODate).isValid();
  }
  return false;
}

}  // namespace

QList<Preference> preferences() { return ofTheWindow() + ofTheEditor() + ofPractice(); }

QString preferenceValue(const AppContext& context, const Preference& preference) {
  const QString stored = context.setting(preference.key, preference.otherwise);
  return allowed(preference, stored) ? stored : preference.otherwise;
}

QString preferenceValue(const AppContext& context, const QString& key) {
  const QList<Preference> all = preferences();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Preference& one) { return one.key == key; });
  Q_ASSERT(found != all.end());
  return preferenceValue(context, *found);
}

PreferenceValues resetPreferences(AppContext& context) {
  PreferenceValues before;
  for (const Preference& preference : preferences()) {
    const QString value = preferenceValue(context, preference);
    if (preference.kind == Kind::date || value == preference.otherwise) continue;
    before[preference.key] = value;
    context.setSetting(preference.key, preference.otherwise);
  }
  return before;
}

void setPreferences(AppContext& context, const PreferenceValues& values) {
  for (auto value = values.begin(); value != values.end(); ++value)
    context.setSetting(value.key(), value.value());
}

practice::QueueLimits queueLimits(const AppContext& context) {
  return {preferenceValue(context, "study.reviews_per_day").toInt(),
          preferenceValue(context, "study.new_per_day").toInt()};
}

}  // namespace rehearse::present
