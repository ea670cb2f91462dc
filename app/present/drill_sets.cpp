// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_sets.hpp"

#include <QObject>
#include <algorithm>

#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

std::vector<practice::DrillSet> readSets(const AppContext& context, QString& error) {
  const std::vector<std::string> files = context.setFiles();
  auto sets = practice::load_drill_sets(files);
  if (sets) return std::move(*sets);
  error = qs(sets.error().message);
  auto builtin = practice::load_drill_sets({files.front()});
  return builtin ? std::move(*builtin) : std::vector<practice::DrillSet>{};
}

}  // namespace

const practice::DrillSet* SetList::find(const std::string& id) const {
  const auto found =
      std::find_if(sets.begin(), sets.end(), [&](const auto& set) { return set.id == id; });
  return found == sets.end() ? nullptr : &*found;
}

SetList drillSets(AppContext& context) {
  SetList list;
  list.sets = readSets(context, list.error);
  for (practice::DrillSet& set : list.sets)
    std::erase_if(set.drills, [&](const std::string& id) { return !context.drills().find(id); });
  std::erase_if(list.sets, [](const practice::DrillSet& set) { return set.drills.empty(); });
  const auto attempts = practice::all_attempts(context.database());
  if (!attempts) {
    list.error = qs(attempts.error().message);
    return list;
  }
  std::map<std::string, double> minutes;
  for (const practice::Attempt& attempt : *attempts)
    if (const double due = context.drillMinutes(attempt.drill); due > 0)
      minutes[attempt.drill] = due;
  practice::DrillSet daily =
      practice::set_of_the_day(list.sets, *attempts, minutes, practice::system_seconds());
  if (!daily.drills.empty()) list.sets.insert(list.sets.begin(), std::move(daily));
  return list;
}

QString aboutSet(AppContext& context, const practice::DrillSet& set) {
  double minutes = set.minutes;
  if (set.minutes == 0)
    for (const std::string& id : set.drills) minutes += context.drillMinutes(id);
  const auto count = static_cast<int>(set.drills.size());
  QString about = qs(set.about);
  if (!about.isEmpty()) about += ' ';
  return about + QObject::tr("%1 %2, %3 min.")
                     .arg(count)
                     .arg(count == 1 ? QObject::tr("drill") : QObject::tr("drills"))
                     .arg(minutes);
}

}  // namespace rehearse::present
