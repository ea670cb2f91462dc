// SPDX-License-Identifier: GPL-3.0-or-later
//
// Today's agenda: what to do now, the most urgent first, and how long until the interview. Read
// from the database at each call; nothing is kept.
#pragma once

#include <QDate>
#include <QList>
#include <QString>

namespace rehearse::present {

class AppContext;

struct Offer {
  enum class Kind { study, drill, design, set };
  Kind kind = Kind::study;
  QString id;  // of the drill, design or set
  QString title, sentence, button;
};

struct Agenda {
  // Nothing was tried yet: a drill comes first, since it teaches the window.
  bool firstRun = false;
  QList<Offer> offers;
  // Why the database could not be read; empty when it could.
  QString error;
};
Agenda todaysAgenda(AppContext& context);

// "Interview in 9 days", "Interview today", "Interview passed"; empty without a date.
QString countdownWords(const QDate& interview, const QDate& today);

}  // namespace rehearse::present
