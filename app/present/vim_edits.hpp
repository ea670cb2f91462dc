// SPDX-License-Identifier: GPL-3.0-or-later
//
// VimEdits: what Vim's commands do to a text, apart from how they are typed: the operators on a
// span, putting, joining, shifting. It holds the one register.
//
// Contract: each call is one step of undo and leaves the cursor where Vim leaves it, except that an
// end of line that normal mode does not know is mended by the caller.
#pragma once

#include "app/present/vim_buffer.hpp"
#include "app/present/vim_motion.hpp"

namespace rehearse::present {

class VimEdits {
 public:
  explicit VimEdits(VimBuffer& buffer) : m_buffer(buffer) {}

  // The whole lines from that of `from` to that of `to`, with the break that ends them.
  static VimSpan wholeLines(const QString& text, VimSpan span);

  void yank(VimSpan span);
  void erase(VimSpan span);
  // Erases for a change: of whole lines the first one's indentation stays, and the cursor is where
  // typing goes on.
  void clear(VimSpan span);
  void shift(VimSpan span, int steps);
  void put(bool after, int count);
  // The lines of `span`, and at least the next one.
  void join(VimSpan span);
  void toggleCase(VimSpan span);
  // Every character but line breaks.
  void overwrite(VimSpan span, QChar with);
  // A new line below or above, indented as this one.
  void openLine(bool below);

 private:
  VimBuffer& m_buffer;
  QString m_register;
  bool m_linewise = false;
};

}  // namespace rehearse::present
