// SPDX-License-Identifier: GPL-3.0-or-later
//
// DataTransfer: backups, export and import of all that the user has made, asked of from the window.
// Each works on a thread and a database connection of its own; one at a time.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <functional>

#include "engine/base/error.hpp"

namespace rehearse::present {

class AppContext;

class DataTransfer : public QObject {
  Q_OBJECT

 public:
  explicit DataTransfer(AppContext& context, QObject* parent = nullptr);
  // Waits for what is under way: it is whole or not at all.
  ~DataTransfer() override;

  bool busy() const { return m_worker.isRunning(); }
  // "Last backup on 28 Nov 2026 at 07:01; the newest ten are kept in /…/backups."
  QString backupWords() const;

  void backUp();
  // By the ending: .json, .csv (a folder), .md, .apkg. A file that is there gives way: the dialog
  // has asked.
  void exportTo(const QString& path);
  // Adds what is not there yet; nothing gives way.
  void importFrom(const QString& path);

 signals:
  void started(const QString& what);
  // What was done, as a sentence.
  void done(const QString& sentence);
  void failed(const QString& message);

 private:
  using Outcome = Result<QString>;
  void run(const QString& what, std::function<Outcome()> work, bool changesHistory);
  void finished();

  AppContext& m_context;
  bool m_changesHistory = false;
  QFutureWatcher<std::shared_ptr<Outcome>> m_worker;
};

}  // namespace rehearse::present
