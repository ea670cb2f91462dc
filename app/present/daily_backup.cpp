// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/daily_backup.hpp"

#include <QFutureWatcher>
#include <QtConcurrent>

#include "app/practice/backups.hpp"
#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {

void backUpDaily(AppContext& context) {
  using Taken = Result<std::string>;
  auto* watcher = new QFutureWatcher<Taken>(&context);
  QObject::connect(watcher, &QFutureWatcher<Taken>::finished, &context, [watcher, &context] {
    watcher->deleteLater();
    const Taken taken = watcher->result();
    if (!taken)
      emit context.failed(
          QObject::tr("Today's backup was not taken: %1").arg(qs(taken.error().message)));
  });
  watcher->setFuture(QtConcurrent::run(
      [path = context.home().database(), folder = practice::backups_folder(context.home().data)] {
        return practice::back_up_daily(path, folder, practice::system_seconds());
      }));
}

}  // namespace rehearse::present
