// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/history_trouble.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "app/practice/backups.hpp"
#include "app/practice/home.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {

HistoryTrouble troubleWith(const Error& error, const std::string& home) {
  HistoryTrouble trouble;
  trouble.message = qs(error.message);
  const auto resolved = practice::Home::resolve(home);
  if (!resolved) return trouble;
  trouble.folder = qs(resolved->data);
  trouble.history = qs(resolved->database());
  if (error.code != Code::bad_data) return trouble;
  for (const auto& one : practice::list_backups(practice::backups_folder(resolved->data))) {
    if (!practice::check_backup(one.path)) continue;
    trouble.backup = qs(one.path);
    trouble.advice =
        QCoreApplication::translate("HistoryTrouble",
                                    "A backup of %1 is sound. Restoring it keeps the damaged file "
                                    "beside it; what came after the backup is not in it.")
            .arg(QLocale(QLocale::English)
                     .toString(QDateTime::fromSecsSinceEpoch(one.taken_at), "d MMM yyyy, hh:mm"));
    break;
  }
  return trouble;
}

Result<QString> restoreBackup(const HistoryTrouble& trouble) {
  const auto kept =
      practice::restore(utf8(trouble.history), utf8(trouble.backup), practice::system_seconds());
  if (!kept) return fail(kept.error());
  return QCoreApplication::translate("HistoryTrouble",
                                     "The backup is in place; the damaged file is kept as %1.")
      .arg(qs(*kept));
}

}  // namespace rehearse::present
