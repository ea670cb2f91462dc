// SPDX-License-Identifier: GPL-3.0-or-later
//
// AppContext: what the pages of the window share: the folders, the user's database, the drills,
// designs and cards, and the few facts of the window itself (settings, whether work is under way).
// Lives in the GUI thread.
#pragma once

#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "app/practice/attempts.hpp"
#include "app/practice/card_library.hpp"
#include "app/practice/database.hpp"
#include "app/practice/home.hpp"
#include "drills/judge/library.hpp"
#include "engine/base/document.hpp"
#include "engine/plan/plan.hpp"
#include "engine/trace/design_library.hpp"

namespace rehearse::present {

class AppContext : public QObject {
  Q_OBJECT

 public:
  ~AppContext() override;
  // Opens everything; what cannot be read of the content is in problems(), a database that cannot
  // be opened is an error.
  static Result<std::unique_ptr<AppContext>> open(const std::string& home);

  const practice::Home& home() const { return m_home; }
  practice::Database& database() { return *m_database; }
  const judge::Library& drills() const { return m_drills; }
  const trace::DesignLibrary& designs() const { return m_designs; }
  // A file of the user's designs was written, or is gone: the library follows. Errors: its id is
  // taken by another file.
  Result<void> designWritten(const QString& path);
  void designGone(const QString& path);
  const practice::CardLibrary& cards() const { return m_cards; }
  // One sentence a file that could not be read, shown on Today.
  const QStringList& problems() const { return m_problems; }
  // Where the user's own drills, designs or content lie.
  QString userFolder(const QString& what) const;
  // The folder of the user's own cases (drills/judge/own_cases.hpp).
  std::string ownCases() const { return m_home.data + "/cases"; }
  // Of the product and of the user; either may be absent.
  std::vector<std::string> setFiles() const;
  // A drill's minutes, its file read once; 0 where it cannot be read.
  double drillMinutes(const std::string& id);

  // What is set holds at once and is written at once. What the database refuses (another program
  // has it, the disk is full) is told by failed() and tried again every second, and as the context
  // ends.
  QString setting(const QString& key, const QString& otherwise) const;
  void setSetting(const QString& key, const QString& value);

  // "accepted in 6:02", "wrong answer, 9 of 14"; empty before the first attempt.
  QString bestAttempt(const QString& drill);
  void recordDesignRun(const QString& design, const plan::KnobValues& knobs, quint64 seed,
                       bool reached, int seconds);
  // An attempt at an incident: kept with the runs of designs, `record` in place of the knobs.
  void recordIncident(const QString& incident, quint64 seed, bool passed, int seconds,
                      const Json& record);

  // Who is working; screenshots and tests wait for nobody.
  void setBusy(const QObject* who, bool busy);
  bool busy() const { return !m_busy.isEmpty(); }

 signals:
  // An attempt, a review or a design run was recorded.
  void recorded();
  void settingChanged(const QString& key);
  // A design was added, changed or removed.
  void designsChanged();
  // The database refused to write: what, why. Empty: what it refused is written now.
  void failed(const QString& message);

 private:
  AppContext();
  void keep(const practice::DesignRun& run);
  Result<void> writeUnwritten();
  void write();
  practice::Home m_home;
  std::unique_ptr<practice::Database> m_database;
  judge::Library m_drills;
  trace::DesignLibrary m_designs;
  practice::CardLibrary m_cards;
  QStringList m_problems;
  std::map<std::string, double> m_minutes;
  QSet<const QObject*> m_busy;
  std::map<QString, QString> m_unwritten;            // settings
  std::vector<practice::DesignRun> m_unwrittenRuns;  // of designs, and of incidents
  bool m_refused = false;
  QTimer m_retry;
};

}  // namespace rehearse::present
