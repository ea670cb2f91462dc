// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/data_transfer.hpp"

#include <QDateTime>
#include <QLocale>
#include <QtConcurrent>

#include "app/practice/backups.hpp"
#include "app/practice/transfer.hpp"
#include "app/present/app_context.hpp"
#include "app/present/preferences.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

// A database of the worker's own: one connection a thread.
Result<QString> withDatabase(const practice::Home& home,
                             const std::function<Result<QString>(practice::Database&)>& work) {
  auto database = practice::Database::open(home.database());
  if (!database) return fail(database.error());
  return work(**database);
}

QString importWords(const practice::ImportReport& report) {
  QString words = QObject::tr("Added: %1 rows and %2 files. There already: %3.")
                      .arg(report.added_rows())
                      .arg(report.written.size())
                      .arg(report.known);
  if (!report.kept.empty())
    words +=
        " " + QObject::tr("%1 files of yours differ and stay as they are.").arg(report.kept.size());
  return words;
}

}  // namespace

DataTransfer::DataTransfer(AppContext& context, QObject* parent)
    : QObject(parent), m_context(context) {
  connect(&m_worker, &QFutureWatcherBase::finished, this, &DataTransfer::finished);
}

DataTransfer::~DataTransfer() { m_worker.waitForFinished(); }

QString DataTransfer::backupWords() const {
  const std::string folder = practice::backups_folder(m_context.home().data);
  const auto backups = practice::list_backups(folder);
  if (backups.empty())
    return tr("None yet. One is taken each day; the newest %1 are kept in %2.")
        .arg(practice::kBackupsKept)
        .arg(qs(folder));
  const QDateTime taken = QDateTime::fromSecsSinceEpoch(backups.front().taken_at);
  return tr("The last one is of %1. One is taken each day; the newest %2 are kept in %3.")
      .arg(QLocale(QLocale::English).toString(taken, "d MMM yyyy, hh:mm"))
      .arg(practice::kBackupsKept)
      .arg(qs(folder));
}

void DataTransfer::backUp() {
  const practice::Home home = m_context.home();
  run(
      tr("Backing up…"),
      [home] {
        return withDatabase(home, [&home](practice::Database& database) -> Outcome {
          const auto path = practice::back_up(database, practice::backups_folder(home.data),
                                              practice::system_seconds());
          if (!path) return fail(path.error());
          return tr("Backed up to %1.").arg(qs(*path));
        });
      },
      false);
}

void DataTransfer::exportTo(const QString& path) {
  const practice::Home home = m_context.home();
  run(
      tr("Exporting…"),
      [home, path] {
        return withDatabase(home, [&](practice::Database& database) -> Outcome {
          const auto report = practice::export_to(database, home, path.toStdString(), true,
                                                  practice::system_seconds());
          if (!report) return fail(report.error());
          return report->cards > 0 ? tr("Exported %1 cards to %2.").arg(report->cards).arg(path)
                                   : tr("Exported %1 rows and %2 files to %3.")
                                         .arg(report->rows)
                                         .arg(report->files)
                                         .arg(path);
        });
      },
      false);
}

void DataTransfer::importFrom(const QString& path) {
  const practice::Home home = m_context.home();
  run(
      tr("Importing…"),
      [home, path] {
        return withDatabase(home, [&](practice::Database& database) -> Outcome {
          const auto report = practice::import_from(database, home, path.toStdString(), false,
                                                    practice::system_seconds());
          if (!report) return fail(report.error());
          return importWords(*report);
        });
      },
      true);
}

void DataTransfer::run(const QString& what, std::function<Outcome()> work, bool changesHistory) {
  if (busy()) return emit failed(tr("Something is under way; wait until it is done."));
  m_changesHistory = changesHistory;
  m_context.setBusy(this, true);
  emit started(what);
  m_worker.setFuture(
      QtConcurrent::run([work = std::move(work)] { return std::make_shared<Outcome>(work()); }));
}

void DataTransfer::finished() {
  m_context.setBusy(this, false);
  const Outcome outcome = *m_worker.result();
  if (!outcome) return emit failed(qs(outcome.error().message));
  if (m_changesHistory) {
    emit m_context.recorded();
    for (const Preference& preference : preferences())
      emit m_context.settingChanged(preference.key);
  }
  emit done(*outcome);
}

}  // namespace rehearse::present
