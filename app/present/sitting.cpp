// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/sitting.hpp"

#include <QCoreApplication>
#include <QFileInfo>
#include <QObject>

#include "app/present/app_context.hpp"
#include "app/present/drill_text.hpp"
#include "app/present/qt_text.hpp"
#include "engine/base/json.hpp"

namespace rehearse::present {
namespace {

constexpr const char *kUnderWay = "solve.sitting", *kBroken = "solve.unfinished";

Json asJson(const Sitting& sitting) {
  Json pauses = Json::array();
  for (const practice::Pause& pause : sitting.pauses) pauses.push_back({pause.from_s, pause.to_s});
  return {{"drill", sitting.drill.toStdString()},
          {"language", sitting.language.toStdString()},
          {"started_at", sitting.startedAt},
          {"saved_at", sitting.savedAt},
          {"alive_at", sitting.aliveAt},
          {"elapsed_ms", sitting.elapsedMs},
          {"seconds_left", sitting.secondsLeft},
          {"hints", sitting.hints},
          {"pauses", std::move(pauses)},
          {"mode", sitting.mode.toStdString()},
          {"pid", QCoreApplication::applicationPid()}};
}

// Nothing where the text is none of ours: a sitting that cannot be read is not offered.
std::optional<Sitting> asSitting(const Json& json) {
  if (!json.is_object()) return {};
  try {
    Sitting sitting;
    sitting.drill = qs(json.at("drill").get<std::string>());
    sitting.language = qs(json.at("language").get<std::string>());
    sitting.startedAt = json.at("started_at").get<qint64>();
    sitting.savedAt = json.at("saved_at").get<qint64>();
    sitting.aliveAt = json.at("alive_at").get<qint64>();
    sitting.elapsedMs = json.at("elapsed_ms").get<qint64>();
    sitting.secondsLeft = json.at("seconds_left").get<int>();
    sitting.hints = json.at("hints").get<int>();
    for (const Json& pause : json.at("pauses"))
      sitting.pauses.push_back({pause.at(0).get<qint64>(), pause.at(1).get<qint64>()});
    sitting.mode = qs(json.at("mode").get<std::string>());
    return sitting;
  } catch (const Json::exception&) {
    return {};
  }
}

Json storedSitting(const AppContext& context, const char* key) {
  return Json::parse(context.setting(key, {}).toStdString(), nullptr, false);
}

// Another window of this program that still runs.
bool heldByAnother(const Json& json) {
  const auto pid = json.find("pid");
  if (pid == json.end() || !pid->is_number_integer()) return false;
  const qint64 id = pid->get<qint64>();
  if (id == QCoreApplication::applicationPid()) return false;
  const QString program = QFileInfo(QString("/proc/%1/exe").arg(id)).symLinkTarget();
  return QFileInfo(program).fileName() ==
         QFileInfo(QCoreApplication::applicationFilePath()).fileName();
}

}  // namespace

void keepSitting(AppContext& context, const Sitting& sitting) {
  context.setSetting(kUnderWay, qs(asJson(sitting).dump()));
}

void endSitting(AppContext& context) {
  if (!context.setting(kUnderWay, {}).isEmpty()) context.setSetting(kUnderWay, {});
}

void noticeBrokenSitting(AppContext& context) {
  const QString text = context.setting(kUnderWay, {});
  if (text.isEmpty() || heldByAnother(storedSitting(context, kUnderWay))) return;
  context.setSetting(kBroken, text);
  context.setSetting(kUnderWay, {});
}

std::optional<Sitting> brokenSitting(AppContext& context) {
  auto sitting = asSitting(storedSitting(context, kBroken));
  if (!sitting || !context.drills().find(sitting->drill.toStdString())) return {};
  const auto draft = practice::draft_of(context.database(), sitting->drill.toStdString(),
                                        sitting->language.toStdString());
  if (!draft || !*draft) return {};
  return sitting;
}

void forgetBrokenSitting(AppContext& context) {
  if (!context.setting(kBroken, {}).isEmpty()) context.setSetting(kBroken, {});
}

std::optional<ResumeOffer> resumeOffer(AppContext& context) {
  const auto sitting = brokenSitting(context);
  if (!sitting) return {};
  const auto drill = context.drills().load(sitting->drill.toStdString());
  const QString left = sitting->secondsLeft >= 0
                           ? QObject::tr("%1 left").arg(minutesText(sitting->secondsLeft))
                           : QObject::tr("%1 over").arg(minutesText(-sitting->secondsLeft));
  const qint64 unsaved = std::max<qint64>(0, sitting->aliveAt - sitting->savedAt);
  const QString saved = unsaved < 60 ? QObject::tr("%1 s").arg(unsaved) : minutesText(unsaved);
  return ResumeOffer{
      sitting->drill,
      QObject::tr("Go on where you were: %1").arg(drill ? qs(drill->title) : sitting->drill),
      QObject::tr("The window did not close by itself. %1, your draft was saved %2 before the end.")
          .arg(left, saved)};
}

}  // namespace rehearse::present
