// SPDX-License-Identifier: GPL-3.0-or-later
//
// Preferences: everything that a person may set, as one typed list: key, kind, what it is called, a
// sentence that says what it does, and its value when it was never set. The Settings page is made
// from the list, so that a new setting is one entry of preferences.cpp.
//
// Values are strings under their keys in AppContext::setting; toggles are "on" and "off", numbers
// whole, dates ISO or empty. Whoever reacts to one reads it here and listens to settingChanged.
#pragma once

#include <QList>
#include <QMap>
#include <QString>

#include "app/practice/reviews.hpp"

namespace rehearse::present {

class AppContext;

struct PreferenceChoice {
  QString value, label;
};

struct Preference {
  enum class Kind { choice, toggle, number, date };
  QString key;
  Kind kind = Kind::toggle;
  QString section, title, sentence;
  QString otherwise;  // what holds until it is set
  QList<PreferenceChoice> choices;
  int least = 0, most = 0;
  QString unit;
};

// In the order and the sections of the page.
QList<Preference> preferences();

// What is stored; `otherwise` where nothing is, or something that the kind does not allow.
QString preferenceValue(const AppContext& context, const Preference& preference);
// The same by key. Asserts that the list has the key.
QString preferenceValue(const AppContext& context, const QString& key);

// Values by key.
using PreferenceValues = QMap<QString, QString>;
// Sets everything but dates to what holds when it was never set. Returns what it was where that
// differs; empty: nothing changed.
PreferenceValues resetPreferences(AppContext& context);
void setPreferences(AppContext& context, const PreferenceValues& values);

// How many cards a day offers.
practice::QueueLimits queueLimits(const AppContext& context);

}  // namespace rehearse::present
