// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/library_words.hpp"

#include <QFile>
#include <QRegularExpression>

namespace rehearse::gui {

LibraryWords::LibraryWords(const QString& language, QsciLexer* lexer) : QsciAbstractAPIs(lexer) {
  static const QRegularExpression separator("::|\\.|:");
  QFile file(":/words/" + language + ".txt");
  if (!file.open(QIODevice::ReadOnly)) return;
  for (const QString& line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts))
    m_names.append(line.section('(', 0, 0).split(separator, Qt::SkipEmptyParts));
}

void LibraryWords::updateAutoCompletionList(const QStringList& context, QStringList& list) {
  if (context.isEmpty()) return;
  const QStringList owner = context.mid(0, context.size() - 1);
  const QString& begun = context.last();
  const auto offer = [&](const QString& word) {
    if (word.startsWith(begun) && word != begun && !list.contains(word)) list.append(word);
  };
  for (const QStringList& parts : m_names) {
    if (owner.isEmpty() && !begun.isEmpty()) {
      for (const QString& part : parts) offer(part);
    } else if (parts.size() > owner.size() && parts.mid(0, owner.size()) == owner) {
      offer(parts[owner.size()]);
    }
  }
}

}  // namespace rehearse::gui
