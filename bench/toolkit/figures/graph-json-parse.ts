import { graphJsonFigure } from '../graph-json.ts';

export const figure = graphJsonFigure('parse');
