// What the section page takes from npm, in one file with exactly one copy of yjs. Our own lines are in static/js/coedit.
export * as Y from 'yjs';
export { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
export * as encoding from 'lib0/encoding';
export * as decoding from 'lib0/decoding';
export { Editor, Extension, Mark, Node, mergeAttributes } from '@tiptap/core';
export { default as StarterKit } from '@tiptap/starter-kit';
export { default as Link } from '@tiptap/extension-link';
export { TableKit } from '@tiptap/extension-table';
export { default as Collaboration } from '@tiptap/extension-collaboration';
export { default as CollaborationCaret } from '@tiptap/extension-collaboration-caret';
export { ySyncPluginKey } from '@tiptap/y-tiptap';
export { Plugin, PluginKey } from '@tiptap/pm/state';
export { Slice } from '@tiptap/pm/model';
