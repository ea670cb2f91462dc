// SPDX-License-Identifier: GPL-3.0-or-later
//
// LibraryWords: the words of a language's standard library that an editor offers. In place of
// QsciAPIs, which prepares its words on a thread of its own and crashes when the lexer goes before
// that thread has begun.
//
// A word stands in a line of `:/words/<language>.txt`, qualified as it is written in code
// ("string.format", "std::sort"); what follows a bracket is for the reader of the file.
#pragma once

#include <Qsci/qsciabstractapis.h>
#include <Qsci/qsciscintilla.h>

namespace rehearse::gui {

class LibraryWords : public QsciAbstractAPIs {
  Q_OBJECT

 public:
  // The lexer owns it.
  LibraryWords(const QString& language, QsciLexer* lexer);

  // `context` is what is typed, split at the language's separators; the last part is unfinished.
  // After "string." members of string are offered, else every name that begins so.
  void updateAutoCompletionList(const QStringList& context, QStringList& list) override;
  QStringList callTips(const QStringList&, int, QsciScintilla::CallTipsStyle,
                       QList<int>&) override {
    return {};
  }

 private:
  QList<QStringList> m_names;  // each in its parts
};

}  // namespace rehearse::gui
