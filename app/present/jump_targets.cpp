// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/jump_targets.hpp"

#include <QFileInfo>
#include <QtConcurrent>

#include "app/present/app_context.hpp"
#include "app/present/drill_sets.hpp"
#include "app/present/qt_text.hpp"
#include "app/present/recent_files.hpp"

namespace rehearse::present {
namespace {

QString wordsOf(const std::string& id) { return qs(id).replace('-', ' '); }

QString sentenceCase(QString text) {
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text;
}

}  // namespace

JumpTargets::JumpTargets(AppContext& context, QObject* parent)
    : QObject(parent), m_context(context) {
  connect(&m_reader, &QFutureWatcherBase::finished, this, [this] {
    m_context.setBusy(this, false);
    m_titles = m_reader.result();
    emit changed();
  });
}

JumpTargets::~JumpTargets() { m_reader.waitForFinished(); }

void JumpTargets::readTitles() {
  if (m_titles || m_reader.isRunning()) return;
  m_context.setBusy(this, true);
  m_reader.setFuture(
      QtConcurrent::run([library = m_context.drills()]() -> std::shared_ptr<const Titles> {
        auto titles = std::make_shared<Titles>();
        for (const auto& entry : library.entries())
          if (const auto drill = library.load(entry.id)) (*titles)[qs(entry.id)] = qs(drill->title);
        return titles;
      }));
}

QList<JumpTarget> JumpTargets::all() {
  QList<JumpTarget> targets;
  for (const QString& path : recentFiles(m_context))
    targets.append({"file:" + path, QFileInfo(path).fileName(), tr("Recent file")});
  for (const practice::DrillSet& set : drillSets(m_context).sets)
    targets.append({"set:" + qs(set.id), qs(set.title), tr("Set of drills")});
  for (const auto& entry : m_context.drills().entries()) {
    const QString id = qs(entry.id), title = m_titles ? m_titles->value(id) : QString();
    targets.append({"drill:" + id, title.isEmpty() ? sentenceCase(wordsOf(entry.id)) : title,
                    tr("Drill · %1").arg(wordsOf(entry.category))});
  }
  for (const auto& design : m_context.designs().designs())
    if (design.error.empty())
      targets.append({"design:" + qs(design.id),
                      design.title.empty() ? wordsOf(design.id) : qs(design.title),
                      design.incident ? tr("Incident") : tr("Design")});
  for (const practice::Card& card : m_context.cards().cards())
    targets.append(
        {"card:" + qs(card.id), qs(card.title), tr("Card · %1").arg(wordsOf(card.topic))});
  return targets;
}

}  // namespace rehearse::present
