// SPDX-License-Identifier: GPL-3.0-or-later
//
// The designs as a reader looks for one: grouped by the section that they belong to, each with what
// it shows in words, and narrowed by what is typed.
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace rehearse::present {

class AppContext;

struct DesignCard {
  QString id, title, asks;
  QStringList chapters;
  QStringList covers;  // topics in words
  bool challenge = false;
  bool incident = false;  // it is played
  QString error;          // the file does not trace; all but the id is empty then
};

struct DesignGroup {
  QString title;  // "Evaluation, calibration and validation"
  QList<DesignCard> designs;
};

// Groups in order of section, designs in order of title; a design stands in the section of the
// first id that it covers, one without any under "More designs", and incidents in one of their own.
// `filter`: every word of it stands somewhere in the card, in any case of letters.
QList<DesignGroup> designGroups(const AppContext& context, const QString& filter = {});

// Designs whose challenge was submitted, and incidents that were committed: whether ever with all
// goals reached. Empty too where the database cannot be read, which is told elsewhere.
QMap<QString, bool> designsTried(AppContext& context);

}  // namespace rehearse::present
