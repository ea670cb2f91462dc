// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/recent_files.hpp"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include "app/present/app_context.hpp"

namespace rehearse::present {
namespace {

constexpr const char* kRecentKey = "files.recent";
constexpr qsizetype kMostRecent = 8;

QStringList stored(const AppContext& context) {
  QStringList paths;
  const auto json = QJsonDocument::fromJson(context.setting(kRecentKey, "[]").toUtf8());
  for (const QJsonValue& path : json.array()) paths.append(path.toString());
  return paths;
}

}  // namespace

QStringList recentFiles(const AppContext& context) {
  QStringList paths;
  for (const QString& path : stored(context))
    if (QFileInfo(path).isFile()) paths.append(path);
  return paths;
}

void rememberFile(AppContext& context, const QString& path) {
  const QString whole = QFileInfo(path).absoluteFilePath();
  QStringList paths = stored(context);
  if (!paths.isEmpty() && paths.first() == whole) return;
  paths.removeAll(whole);
  paths.prepend(whole);
  const QJsonArray kept =
      QJsonArray::fromStringList(paths.first(std::min(kMostRecent, paths.size())));
  context.setSetting(kRecentKey, QJsonDocument(kept).toJson(QJsonDocument::Compact));
}

}  // namespace rehearse::present
